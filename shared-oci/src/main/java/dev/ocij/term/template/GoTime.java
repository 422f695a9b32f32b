package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Optional;

/// A moment in UTC, which prints as Go prints it, `1970-01-01 00:00:00 +0000 UTC`, and has the
/// methods of Go's `time.Time` that scripts call.
public final class GoTime extends TextNode implements GoSeen {
  private static final long serialVersionUID = 1L;
  private static final String PRINTED = "2006-01-02 15:04:05.999999999 -0700 MST";
  private static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");

  private final OffsetDateTime moment;

  @SuppressWarnings("serial") // nodes of JSON are serializable, their interface does not say so
  private final JsonNode json;

  /// A moment whose JSON is `json`.
  public GoTime(Instant moment, JsonNode json) {
    super(printed(moment));
    this.moment = moment.atOffset(ZoneOffset.UTC);
    this.json = json;
  }

  /// How a moment in UTC prints.
  public static String printed(Instant moment) {
    return GoLayout.format(PRINTED, moment.atOffset(ZoneOffset.UTC));
  }

  @Override
  public JsonNode json() {
    return json;
  }

  String format(String layout) {
    return GoLayout.format(layout, moment);
  }

  /// What the method of this name answers, if it is one without arguments.
  Optional<JsonNode> method(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "UTC" -> this;
          case "String" -> TextNode.valueOf(textValue());
          case "IsZero" -> BooleanNode.valueOf(moment.toInstant().equals(ZERO));
          case "Month" -> TextNode.valueOf(format("January"));
          case "Weekday" -> TextNode.valueOf(format("Monday"));
          case "Year" -> number(ChronoField.YEAR);
          case "Day" -> number(ChronoField.DAY_OF_MONTH);
          case "YearDay" -> number(ChronoField.DAY_OF_YEAR);
          case "Hour" -> number(ChronoField.HOUR_OF_DAY);
          case "Minute" -> number(ChronoField.MINUTE_OF_HOUR);
          case "Second" -> number(ChronoField.SECOND_OF_MINUTE);
          case "Nanosecond" -> number(ChronoField.NANO_OF_SECOND);
          case "Unix" -> LongNode.valueOf(moment.toEpochSecond());
          case "UnixMilli" -> LongNode.valueOf(moment.toInstant().toEpochMilli());
          case "UnixNano" -> LongNode.valueOf(nanoseconds());
          default -> null;
        });
  }

  /// Wraps around where 64 bits are too few, as Go's does.
  private long nanoseconds() {
    return moment.toEpochSecond() * 1_000_000_000 + moment.getNano();
  }

  private LongNode number(ChronoField field) {
    return LongNode.valueOf(moment.get(field));
  }
}
