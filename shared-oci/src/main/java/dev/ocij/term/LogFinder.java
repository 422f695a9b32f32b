package dev.ocij.term;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// Gives all code of a program, the JDK's included, loggers that print warnings and errors as
/// [LogLine]s. Nothing waits for `java.util.logging` to be loaded.
public final class LogFinder extends System.LoggerFinder {

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new LineLogger(name);
  }

  private record LineLogger(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level == Level.WARNING || level == Level.ERROR;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        LogLine.of(word(level), String.valueOf(message), thrown).print();
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... values) {
      if (isLoggable(level)) {
        new LogLine(word(level), LibraryLog.filled(String.valueOf(format), values)).print();
      }
    }

    private static String word(Level level) {
      return level == Level.WARNING ? "warning" : "error";
    }
  }
}
