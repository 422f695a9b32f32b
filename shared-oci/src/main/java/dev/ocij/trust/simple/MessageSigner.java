package dev.ocij.trust.simple;

/// Makes OpenPGP signed messages with one secret key, wherever it is.
sealed interface MessageSigner permits SecretKey, Gpg.Key {
  byte[] sign(byte[] content);
}
