/// Signatures as cosign and skopeo make them with a key pair: a JSON payload, and an ECDSA P-256 or
/// Ed25519 signature over it in an annotation.
///
/// [dev.ocij.trust.sigstore.SigstoreFormat] verifies, [dev.ocij.trust.sigstore.SigstoreSigner]
/// signs, [dev.ocij.trust.sigstore.SigstoreKeyPair] makes keys. Certificates and transparency logs
/// are not implemented yet.
@NullMarked
package dev.ocij.trust.sigstore;

import org.jspecify.annotations.NullMarked;
