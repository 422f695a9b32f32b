package dev.ocij.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.image.Blob;
import dev.ocij.layer.Attributes;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayerWriter;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.TarContent;
import dev.ocij.layer.TarIndex;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarIndexesTest {
  @TempDir Path folder;
  private int readings;

  @Test
  void a_layer_is_read_once() throws IOException {
    var layer = stored(200);
    assertThat(names(layer)).hasSize(200);
    assertThat(names(layer)).hasSize(200);
    assertThat(readings).isEqualTo(1);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void what_is_damaged_is_made_anew() throws IOException {
    var layer = stored(200);
    names(layer);
    var kept = kept().getFirst();
    var good = Files.readAllBytes(kept);
    Files.write(kept, new byte[good.length]);
    assertThat(names(layer)).hasSize(200);
    assertThat(readings).isEqualTo(2);
    assertThat(kept).hasBinaryContent(good);
  }

  @Test
  void it_goes_with_its_layer() throws IOException {
    var layer = stored(200);
    names(layer);
    store().delete(layer.digest());
    assertThat(kept()).isEmpty();
  }

  @Test
  void a_small_layer_needs_none() throws IOException {
    names(stored(2));
    assertThat(kept()).isEmpty();
  }

  @Test
  void a_layer_from_elsewhere_leaves_nothing() throws IOException {
    var tar = tar(200);
    var layer = Descriptor.of(MediaType.OCI_LAYER, tar);
    new TarIndexes(store()).of(layer, () -> TarIndex.read(new ByteArrayInputStream(tar)));
    assertThat(kept()).isEmpty();
  }

  @Test
  void where_none_can_be_kept_the_layer_is_read() throws IOException {
    var layer = stored(200);
    Files.createDirectories(
        folder.resolve(".index-sha256-" + layer.digest().hex()).resolve("in the way"));
    assertThat(names(layer)).hasSize(200);
    assertThat(names(layer)).hasSize(200);
    assertThat(readings).isEqualTo(2);
    assertThat(kept()).hasSize(1);
  }

  private BlobStore store() {
    return new BlobStore(folder);
  }

  private List<String> names(Descriptor layer) throws IOException {
    var path = store().path(layer.digest());
    var index =
        new TarIndexes(store())
            .of(
                layer,
                () -> {
                  readings++;
                  return TarIndex.read(path);
                });
    var tree = LayeredTree.of(List.of(new LayeredTree.Part(index, TarContent.of(path))));
    return tree.list("").stream().map(each -> each.path()).toList();
  }

  private List<Path> kept() throws IOException {
    try (var all = Files.list(folder)) {
      return all.filter(path -> !path.endsWith("sha256")).toList();
    }
  }

  private Descriptor stored(int files) throws IOException {
    var tar = tar(files);
    var layer = Descriptor.of(MediaType.OCI_LAYER, tar);
    return store().put(new Blob.Known(layer, () -> new ByteArrayInputStream(tar)));
  }

  private static byte[] tar(int files) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var layer = new LayerWriter(bytes)) {
      for (int i = 0; i < files; i++) {
        layer.write(Entry.directory("d" + i, Attributes.DIRECTORY));
      }
    }
    return bytes.toByteArray();
  }
}
