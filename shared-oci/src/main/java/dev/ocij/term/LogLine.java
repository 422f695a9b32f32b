package dev.ocij.term;

import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is told beside a command's output, in one line of the peers' form.
///
/// @param level such as `warning`
public record LogLine(String level, String message) {
  private static final Pattern BARE = Pattern.compile("[-\\w./@^+]+");

  public static LogLine warning(String message) {
    return new LogLine("warning", message);
  }

  /// A message and, where there is one, the error that led to it.
  static LogLine of(String level, String message, @Nullable Throwable thrown) {
    return new LogLine(level, thrown == null ? message : message + ": " + Reason.of(thrown));
  }

  /// A field behind the message, in quotes where the peers have them.
  ///
  /// @param field as `name=value`
  public static String field(String field) {
    int equals = field.indexOf('=') + 1;
    var value = field.substring(equals);
    return field.substring(0, equals)
        + (BARE.matcher(value).matches() ? value : Quoted.sentence(value));
  }

  @Override
  public String toString() {
    var time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return "time=\"%s\" level=%s msg=%s".formatted(time, level, Quoted.sentence(message));
  }

  /// Writes it to standard error in one piece, for others write there too.
  @SuppressWarnings("resource") // The stream stays open for others.
  void print() {
    try {
      new FileOutputStream(FileDescriptor.err)
          .write((this + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // Nobody is left to be told.
    }
  }
}
