package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.ContainerfileException;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.template.GoDuration;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Tells how to see whether a container is well: `HEALTHCHECK [flags] CMD command`, or `NONE`,
/// which switches off the base's.
///
/// @param command null for `NONE`
/// @param interval zero, as all durations, for the engine's default
/// @param retries zero for the engine's default
public record HealthCheck(
    Written written,
    @Nullable Command command,
    Duration interval,
    Duration timeout,
    Duration startPeriod,
    Duration startInterval,
    int retries)
    implements Instruction {
  private static final Flags.Known FLAGS =
      Flags.NONE.with(
          Flags.Use.ONCE, "interval", "timeout", "start-period", "start-interval", "retries");
  private static final String FORM = "HEALTHCHECK CMD COMMAND or HEALTHCHECK NONE";

  static HealthCheck parse(Statement statement) {
    var flags = FLAGS.check(statement);
    return new HealthCheck(
        statement.written(),
        command(statement),
        duration(flags, "interval"),
        duration(flags, "timeout"),
        duration(flags, "start-period"),
        duration(flags, "start-interval"),
        retries(flags.text("retries")));
  }

  private static @Nullable Command command(Statement statement) {
    var text = statement.requiredAfterFlags(FORM);
    var kind = text.words().getFirst();
    var rest = text.substring(kind.length()).strip();
    if (kind.toString().equalsIgnoreCase("CMD") && !rest.isEmpty()) {
      return Command.parse(rest);
    }
    if (kind.toString().equalsIgnoreCase("NONE") && rest.isEmpty() && statement.flags().isEmpty()) {
      return null;
    }
    throw kind.error("invalid HEALTHCHECK " + Quoted.of(text.toString()), "expected " + FORM);
  }

  private static Duration duration(Flags flags, String name) {
    var text = flags.text(name);
    if (text == null) {
      return Duration.ZERO;
    }
    try {
      var duration = GoDuration.parse(text.toString());
      if (duration.isZero() || duration.compareTo(Duration.ofMillis(1)) >= 0) {
        return duration;
      }
    } catch (OciException e) {
      throw text.error(e.sentence());
    }
    throw tooShort(text);
  }

  private static ContainerfileException tooShort(SourceText text) {
    return text.error(
        "duration %s is too short".formatted(Quoted.of(text.toString())),
        "expected 1ms or more, or 0 for the default");
  }

  private static int retries(@Nullable SourceText text) {
    if (text == null) {
      return 0;
    }
    try {
      return Integer.parseUnsignedInt(text.toString());
    } catch (NumberFormatException _) {
      throw text.error(
          "invalid number of retries " + Quoted.of(text.toString()), "expected 0 or more");
    }
  }
}
