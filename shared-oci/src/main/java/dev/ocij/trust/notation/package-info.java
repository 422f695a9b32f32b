/// Notary Project signatures, as notation makes them: JWS and COSE envelopes over the descriptor of
/// what is signed, with a chain of certificates.
///
/// [dev.ocij.trust.notation.NotationFormat] verifies, [dev.ocij.trust.notation.NotationSigner]
/// signs.
@NullMarked
package dev.ocij.trust.notation;

import org.jspecify.annotations.NullMarked;
