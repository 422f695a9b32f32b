package dev.ocij.crypt;

import dev.ocij.image.Blob;
import dev.ocij.spec.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/// A layer that is encrypted while it is read: to the same bytes each time, so that a transfer can
/// go on where it broke off. Its annotations are known once it was read to its end.
final class EncryptedLayer {
  private final Blob plain;
  private final List<Recipient> recipients;
  private final LayerSecret secret = LayerSecret.random();
  private final AtomicReference<Map<String, String>> notes = new AtomicReference<>();

  private EncryptedLayer(Blob plain, List<Recipient> recipients) {
    this.plain = plain;
    this.recipients = recipients;
  }

  static Blob of(Blob plain, List<Recipient> recipients) {
    var layer = new EncryptedLayer(plain, recipients);
    return new Blob.Fresh(
        plain.mediaType().encrypted(), plain.origin(), layer::open, layer::annotations);
  }

  private InputStream open() throws IOException {
    return new EncryptedInputStream(plain.open(), secret, this::note);
  }

  private void note(Digest digest, byte[] code) {
    notes.set(EncryptionNotes.of(secret.withDigest(digest.toString()), code, recipients));
  }

  private Map<String, String> annotations() {
    var all = new TreeMap<>(plain.annotations());
    all.putAll(notes.get());
    return all;
  }
}
