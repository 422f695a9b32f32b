package dev.ocij.crypt;

import dev.ocij.edit.Edit;
import dev.ocij.image.Artifact;
import dev.ocij.image.Blob;
import dev.ocij.image.Image;
import dev.ocij.image.LayerType;
import dev.ocij.spec.OciException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Encrypts layers; those that are encrypted already stay.
///
/// @param layers which ones, from 0, or from -1 backwards; empty for all
public record Encryption(List<Recipient> recipients, List<Integer> layers) implements Edit {
  public Encryption {
    recipients = List.copyOf(recipients);
    layers = List.copyOf(layers);
  }

  @Override
  public Artifact apply(Artifact artifact) {
    return Edit.ofImages(this::encrypted).apply(artifact);
  }

  private Image encrypted(Image image) {
    var chosen = chosen(image.layers().size());
    var changed =
        IntStream.range(0, image.layers().size())
            .mapToObj(
                i -> chosen.contains(i) ? encrypted(image.layers().get(i)) : image.layers().get(i))
            .toList();
    return changed.equals(image.layers()) ? image : image.withBlobs(image.config(), changed);
  }

  private Blob encrypted(Blob layer) {
    if (layer.mediaType().isEncrypted()) {
      return layer;
    }
    if (LayerType.of(layer.mediaType()) == null) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "encrypt a layer of type %s: only layers of images can be encrypted"
              .formatted(layer.mediaType()));
    }
    return EncryptedLayer.of(layer, recipients);
  }

  private TreeSet<Integer> chosen(int count) {
    var chosen = new TreeSet<Integer>();
    for (int layer : layers) {
      int index = layer < 0 ? count + layer : layer;
      if (index < 0 || index >= count) {
        throw new OciException(
            OciException.Category.USAGE,
            "when choosing layers to encrypt, layer index %d out of range (%d layers exist)"
                .formatted(layer, count));
      }
      chosen.add(index);
    }
    if (layers.isEmpty()) {
      IntStream.range(0, count).forEach(chosen::add);
    }
    return chosen;
  }
}
