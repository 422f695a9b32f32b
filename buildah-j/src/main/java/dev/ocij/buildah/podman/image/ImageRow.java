package dev.ocij.buildah.podman.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.term.Human;
import dev.ocij.transport.local.LocalImage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An image under one of its names, as podman's tables show it.
///
/// @param name complete; empty for none
/// @param containers how many were made of it
/// @param whole whether ids are not cut
record ImageRow(LocalImage image, String name, long containers, Instant now, boolean whole) {
  private static final String NONE = "<none>";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx 'UTC'", Locale.ROOT);

  /// The rows of an image, one a name.
  static List<ImageRow> of(LocalImage image, long containers, Instant now, boolean whole) {
    var names = image.names().isEmpty() ? List.of("") : image.names();
    return names.stream().map(name -> new ImageRow(image, name, containers, now, whole)).toList();
  }

  String id() {
    return whole ? image.id().toString() : image.id().shortHex();
  }

  String repository() {
    return name.isEmpty() ? NONE : name.substring(0, end());
  }

  String tag() {
    return name.isEmpty() || name.contains("@") ? NONE : name.substring(end() + 1);
  }

  /// What a template sees.
  ObjectNode fields() {
    ObjectNode fields = json();
    return fields
        .put("ID", id())
        .put("Repository", repository())
        .put("Tag", tag())
        .put("CreatedAt", TIME.format(image.created().atOffset(ZoneOffset.UTC)))
        .put("CreatedSince", Human.ago(Duration.between(image.created(), now)))
        .put("CreatedTime", TIME.format(image.created().atOffset(ZoneOffset.UTC)))
        .put("Size", Human.size(image.size()))
        .put("ReadOnly", false)
        .put("Dangling", image.isDangling())
        .put("History", String.join(", ", image.names()));
  }

  /// What `--format json` has of the image, whatever its name here.
  ObjectNode json() {
    var json = Json.object().put("Id", image.id().hex()).put("ParentId", "");
    json.putNull("RepoTags");
    image.repoDigests().forEach(json.putArray("RepoDigests")::add);
    json.put("Size", image.size()).put("SharedSize", 0).put("VirtualSize", image.size());
    json.set("Labels", labels().isEmpty() ? null : Json.tree(labels()));
    json.put("Containers", containers);
    if (image.isDangling()) {
      json.put("Dangling", true);
    }
    json.put("Digest", image.document().digest().toString());
    image.names().forEach(json.putArray("History")::add);
    image.names().forEach(json.putArray("Names")::add);
    return json.put("Created", image.created().getEpochSecond())
        .put("CreatedAt", image.created().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private Map<String, String> labels() {
    return image.config() == null ? Map.of() : image.config().config().labels();
  }

  private int end() {
    int at = name.indexOf('@');
    return at >= 0 ? at : name.lastIndexOf(':');
  }
}
