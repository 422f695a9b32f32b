package dev.ocij.crypt;

import dev.ocij.edit.Edit;
import dev.ocij.image.Artifact;
import dev.ocij.image.Blob;
import dev.ocij.image.Image;
import dev.ocij.spec.OciException;

/// Decrypts all encrypted layers.
public record Decryption(DecryptionKeys keys) implements Edit {
  @Override
  public Artifact apply(Artifact artifact) {
    return Edit.ofImages(this::decrypted).apply(artifact);
  }

  private Image decrypted(Image image) {
    var changed = image.layers().stream().map(this::decrypted).toList();
    return changed.equals(image.layers()) ? image : image.withBlobs(image.config(), changed);
  }

  private Blob decrypted(Blob layer) {
    if (!(layer instanceof Blob.Known known) || !layer.mediaType().isEncrypted()) {
      return layer;
    }
    var notes = known.descriptor().annotations();
    var secret = EncryptionNotes.secret(notes, keys).orElseThrow(() -> noKey(known));
    var code = EncryptionNotes.code(notes);
    return new Blob.Fresh(
        layer.mediaType().decrypted(),
        known,
        () -> new DecryptedInputStream(known.open(), secret, code),
        () -> EncryptionNotes.without(notes));
  }

  private static OciException noKey(Blob.Known layer) {
    return new OciException(
        OciException.Category.UNAUTHORIZED,
        "decrypt layer %s: none of the private keys opens it; name the right one with --decryption-key"
            .formatted(layer.descriptor().digest()));
  }
}
