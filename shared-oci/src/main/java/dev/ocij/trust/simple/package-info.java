/// Simple signing: OpenPGP signed messages over a JSON payload, as containers-signature(5) says.
///
/// [dev.ocij.trust.simple.SimpleFormat] verifies with keyrings,
/// [dev.ocij.trust.simple.SimpleSigner] signs with an exported secret key or through gpg, and
/// [dev.ocij.trust.simple.StandaloneSignature] is a signature without a store.
@NullMarked
package dev.ocij.trust.simple;

import org.jspecify.annotations.NullMarked;
