package dev.ocij.spec;

import java.io.EOFException;
import java.nio.BufferUnderflowException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.regex.Pattern;

/// Why something failed, in words for a person: those of the C library where the JDK names only the
/// file, and no names of classes. What others wrote is not made safe to show.
public final class Reason {
  private static final Pattern CLASS =
      Pattern.compile("(?:[a-z0-9]+\\.)+[A-Z]\\w+(?:Exception|Error): ");
  private static final Pattern START =
      Pattern.compile("Cannot run program .*error(?:=|: )\\d+(?:, | \\()([^)]+)\\)? *");
  private static final Pattern WORD = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  private Reason() {}

  public static String of(Throwable e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file or directory";
      case FileAlreadyExistsException _ -> "file exists";
      case AccessDeniedException _ -> "permission denied";
      case NotDirectoryException _ -> "not a directory";
      case DirectoryNotEmptyException _ -> "directory not empty";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      case EOFException end when tellsNothing(end) -> "unexpected end of stream";
      case BufferUnderflowException _, IndexOutOfBoundsException _ -> "it ends too early";
      case NullPointerException _, ClassCastException _, NegativeArraySizeException _ ->
          "it is malformed"; // a parser of others met what it did not expect
      default -> told(e);
    };
  }

  /// As [#of], behind the file that it happened to, where one is known.
  public static String withFile(Throwable e) {
    if (!(e instanceof FileSystemException file) || file.getFile() == null) {
      return of(e);
    }
    return file.getReason() == null
        ? Quoted.escape(file.getFile()) + ": " + of(e)
        : told(e); // the JDK names the files itself
  }

  private static String told(Throwable e) {
    var message = e.getMessage();
    if (message == null) {
      return e.getCause() == null ? named(e) : of(e.getCause());
    }
    var start = START.matcher(message);
    return start.matches()
        ? start.group(1).toLowerCase(Locale.ROOT)
        : CLASS.matcher(message).replaceAll("");
  }

  /// Okio tells of the line that it looked for in its buffer.
  private static boolean tellsNothing(EOFException end) {
    return end.getMessage() == null || end.getMessage().startsWith("\\n not found: ");
  }

  /// The name says all there is: `ClosedByInterruptException` is "closed by interrupt".
  private static String named(Throwable e) {
    var name = e.getClass().getSimpleName().replaceFirst("(Exception|Error)$", "");
    return WORD.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
  }
}
