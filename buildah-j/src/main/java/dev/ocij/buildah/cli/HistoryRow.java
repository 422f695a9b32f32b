package dev.ocij.buildah.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.History;
import dev.ocij.spec.Json;
import dev.ocij.term.Human;
import dev.ocij.transport.local.LocalImage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One entry of an image's history.
///
/// @param id of the image for its last entry, else `<missing>`
/// @param size of the entry's layer as it is stored; 0 where it has none
record HistoryRow(String id, History entry, List<String> tags, long size, Instant now) {
  private static final String MISSING = "<missing>";
  private static final int LONGEST = 45;

  /// The history of an image, the last entry first.
  static List<HistoryRow> of(LocalImage image, List<Long> sizes, Instant now) {
    var rows = new ArrayList<HistoryRow>();
    var history = Objects.requireNonNull(image.config()).history();
    int layer = 0;
    for (int i = 0; i < history.size(); i++) {
      boolean last = i == history.size() - 1;
      boolean empty = history.get(i).emptyLayer() || layer >= sizes.size();
      rows.addFirst(
          new HistoryRow(
              last ? image.id().hex() : MISSING,
              history.get(i),
              last ? image.names() : List.of(),
              empty ? 0 : sizes.get(layer),
              now));
      layer += empty ? 0 : 1;
    }
    return rows;
  }

  String shownId(boolean whole) {
    return whole || id.equals(MISSING) ? id : id.substring(0, 12);
  }

  /// @param human whether times and sizes are for people
  ObjectNode fields(boolean whole, boolean human) {
    var ago = Human.ago(Duration.between(created(), now));
    var time = created().truncatedTo(ChronoUnit.SECONDS).toString();
    return Json.object()
        .put("ID", shownId(whole))
        .put("Created", human ? ago : time)
        .put("CreatedSince", ago)
        .put("CreatedAt", time)
        .put("CreatedBy", createdBy(whole))
        .put("Size", human ? Human.size(size).replace(" ", "") : Long.toString(size))
        .put("Comment", text(entry.comment()))
        .set("Tags", FieldWriter.array(tags));
  }

  ObjectNode json() {
    var json = Json.object().put("id", id).put("created", created().toString());
    json.put("CreatedBy", text(entry.createdBy()));
    json.set("tags", tags.isEmpty() ? null : FieldWriter.array(tags));
    return json.put("size", size)
        .put("comment", text(entry.comment()))
        .put("Created", created().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private String createdBy(boolean whole) {
    var text = text(entry.createdBy());
    return whole || text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }

  private Instant created() {
    return Objects.requireNonNullElse(entry.created(), Instant.EPOCH);
  }

  private static String text(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text;
  }
}
