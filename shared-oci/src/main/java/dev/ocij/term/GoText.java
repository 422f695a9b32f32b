package dev.ocij.term;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/// A value that prints as a text which is not its JSON: a moment, a duration.
public final class GoText extends TextNode implements GoSeen {
  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern(" xx 'UTC'")
          .toFormatter(Locale.ROOT);

  @SuppressWarnings("serial") // nodes of JSON are serializable, their interface does not say so
  private final JsonNode json;

  private GoText(String printed, JsonNode json) {
    super(printed);
    this.json = json;
  }

  /// A moment in UTC, whose JSON is `json`: `1970-01-01 00:00:00 +0000 UTC`.
  public static GoText of(Instant moment, JsonNode json) {
    return new GoText(printed(moment), json);
  }

  /// A duration, whose JSON is `json`: `1m30s`.
  public static GoText of(Duration duration, JsonNode json) {
    return new GoText(GoDuration.text(duration), json);
  }

  /// How a moment in UTC prints.
  public static String printed(Instant moment) {
    return MOMENT.format(moment.atOffset(ZoneOffset.UTC));
  }

  @Override
  public JsonNode json() {
    return json;
  }
}
