package dev.ocij.buildah.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.term.Human;
import dev.ocij.term.template.GoTime;
import dev.ocij.transport.local.LocalImage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One line of `images`: an image under one of its names.
record ImageRow(LocalImage image, String name, Instant now, boolean whole) {
  private static final String NONE = "<none>";
  private static final int SHORT = 12;

  /// The lines of an image, one a name.
  static List<ImageRow> of(LocalImage image, Instant now, boolean whole) {
    return image.names().isEmpty()
        ? List.of(new ImageRow(image, NONE + ":" + NONE, now, whole))
        : image.names().stream()
            .sorted()
            .map(name -> new ImageRow(image, name, now, whole))
            .toList();
  }

  String id() {
    return whole ? image.id().toString() : image.id().hex().substring(0, SHORT);
  }

  /// @param digests whether there is a column for them
  List<String> cells(boolean digests, boolean history) {
    var cells = new ArrayList<>(List.of(repository(), tag()));
    if (digests) {
      cells.add(image.document().digest().toString());
    }
    cells.addAll(List.of(id(), age(), BinarySize.of(image.size())));
    if (history) {
      cells.add(NONE);
    }
    return cells;
  }

  /// What a template sees.
  ObjectNode fields() {
    return Json.object()
        .put("ID", id())
        .put("Name", repository())
        .put("Tag", tag())
        .put("Digest", image.document().digest().toString())
        .put("CreatedAt", age())
        .put("CreatedAtRaw", GoTime.printed(image.created()))
        .put("Created", image.created().getEpochSecond())
        .put("Size", BinarySize.of(image.size()))
        .put("ReadOnly", false)
        .put("History", NONE);
  }

  /// The image as a whole, under all its names.
  ObjectNode json() {
    var json = Json.object().put("id", id());
    if (image.names().isEmpty()) {
      json.putNull("names");
    } else {
      var names = json.putArray("names");
      image.names().forEach(names::add);
    }
    return json.put("digest", image.document().digest().toString())
        .put("createdat", age())
        .put("size", BinarySize.of(image.size()))
        .put("created", image.created().getEpochSecond())
        .put("createdatraw", image.created().toString())
        .put("readonly", false)
        .putNull("history");
  }

  private String age() {
    return Human.ago(Duration.between(image.created(), now));
  }

  private String repository() {
    return name.startsWith(NONE) ? NONE : name.substring(0, end());
  }

  private String tag() {
    return name.startsWith(NONE) || name.contains("@") ? NONE : name.substring(end() + 1);
  }

  private int end() {
    int at = name.indexOf('@');
    return at >= 0 ? at : name.lastIndexOf(':');
  }
}
