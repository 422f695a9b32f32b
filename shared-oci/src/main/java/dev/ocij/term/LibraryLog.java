package dev.ocij.term;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/// Where `java.util.logging` prints, which libraries use: warnings and errors as [LogLine]s.
///
/// Most commands log nothing, so nothing of `java.util.logging` is loaded for having said so.
public final class LibraryLog {
  private LibraryLog() {}

  /// Has libraries print here, whenever the first of them asks for a logger.
  static void install() {
    System.setProperty(
        "java.util.logging.config.class", LibraryLog.class.getName() + "$Configuration");
  }

  /// A message with its values, as loggers of both kinds write them.
  static String filled(String message, @Nullable Object @Nullable ... values) {
    return values == null || values.length == 0 ? message : MessageFormat.format(message, values);
  }

  /// What the JDK makes one of in place of reading a file. There are no loggers yet by then.
  public static final class Configuration {
    public Configuration() throws IOException {
      LogManager.getLogManager().readConfiguration(text());
    }

    private static InputStream text() {
      var text = ".level = WARNING\nhandlers = " + Lines.class.getName();
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /// Prints what is worth it.
  public static final class Lines extends Handler {
    @Override
    public void publish(LogRecord entry) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        var level = entry.getLevel().intValue() >= Level.SEVERE.intValue() ? "error" : "warning";
        var message = filled(String.valueOf(entry.getMessage()), entry.getParameters());
        LogLine.of(level, message, entry.getThrown()).print();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
