/// Encrypted layers, in the format of ocicrypt: an [dev.ocij.crypt.Encryption] makes each layer
/// readable for its [dev.ocij.crypt.Recipient]s alone, and a [dev.ocij.crypt.Decryption] is what
/// one of them does with its [dev.ocij.crypt.DecryptionKeys].
///
/// A layer is encrypted with a key of its own; that key stands in the layer's annotations, once for
/// each way to wrap it.
@NullMarked
package dev.ocij.crypt;

import org.jspecify.annotations.NullMarked;
