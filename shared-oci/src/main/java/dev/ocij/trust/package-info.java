/// Which images may be used: [dev.ocij.trust.Policy] judges a [dev.ocij.trust.Candidate] and
/// answers with a [dev.ocij.trust.Verdict]; the artifact that is used afterwards comes out of
/// [dev.ocij.trust.Verdict.Accepted], so that forgetting to ask does not compile.
///
/// Each signature format is a package below: `simple` (OpenPGP), `sigstore` (cosign, attached and
/// in bundles), `notation` (Notary Project). Where signatures are stored is the transports'
/// business.
@NullMarked
package dev.ocij.trust;

import org.jspecify.annotations.NullMarked;
