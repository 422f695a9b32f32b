package dev.ocij.buildah.build;

import dev.ocij.buildah.contents.Bill;
import dev.ocij.buildah.overlay.Addition;
import dev.ocij.buildah.overlay.Additions;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.layer.Attributes;
import dev.ocij.layer.Entry;
import dev.ocij.layer.Owner;
import dev.ocij.spec.History;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A bill that the image itself has: one more layer with files of root's.
record PlacedBill(BillRequest request, StageLayers layers, Stamp stamp) {
  private static final int READABLE = 0644;

  /// The image with the files that were asked for.
  StageImage in(StageImage image, Bill bill) throws IOException {
    var additions = new Additions(layers.tree(image.layers()), stamp.now());
    var files = files(bill);
    for (var file : files.entrySet()) {
      var attributes = Attributes.of(READABLE, Owner.ROOT, stamp.now());
      var content = file.getValue();
      additions.put(
          new Addition(
              Entry.file(file.getKey(), attributes, content.length),
              () -> new ByteArrayInputStream(content)),
          Owner.ROOT);
    }
    var layer = layers.write(out -> additions.write(out, stamp::on));
    var text = "/bin/sh -c #(nop) ADD bill of contents in /" + String.join(" /", files.keySet());
    return image.withLayer(
        layer,
        image.config().withCreated(stamp.now()),
        new History(stamp.now(), text, null, null, false));
  }

  private Map<String, byte[]> files(Bill bill) {
    var files = new LinkedHashMap<String, byte[]>();
    put(request.path(), bill.document(), files);
    put(request.purlPath(), bill.purlDocument(), files);
    return files;
  }

  private static void put(@Nullable String path, byte[] content, Map<String, byte[]> files) {
    if (path == null) {
      return;
    }
    var relative = Path.of("/", path).normalize().toString().substring(1);
    if (relative.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "write the bill to %s of the image: expected the name of a file"
              .formatted(Quoted.of(path)));
    }
    files.put(relative, content);
  }
}
