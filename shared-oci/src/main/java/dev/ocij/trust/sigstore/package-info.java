/// Sigstore's signatures: attached ones, a JSON payload with a signature in an annotation, and
/// bundles, statements in an envelope; by key pairs, by certificates of Fulcio or one's own
/// authorities, and with entries of transparency logs.
///
/// [dev.ocij.trust.sigstore.SigstoreFormat] and [dev.ocij.trust.sigstore.BundleFormat] verify,
/// [dev.ocij.trust.sigstore.SigstoreSigner] and [dev.ocij.trust.sigstore.BundleSigner] sign,
/// [dev.ocij.trust.sigstore.SigstoreKeyPair] makes keys.
@NullMarked
package dev.ocij.trust.sigstore;

import org.jspecify.annotations.NullMarked;
