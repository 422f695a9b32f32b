package dev.ocij.term;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Small files that an option names: keys, manifests, digests. Failures are sentences that name the
/// file.
public final class LocalFile {
  private LocalFile() {}

  /// The whole file, of at most 4 MiB.
  public static byte[] read(String name) {
    try (var in = Files.newInputStream(Path.of(name))) {
      return limited(in, name);
    } catch (IOException e) {
      throw failed("read", name, e);
    }
  }

  /// All of standard input, of at most 4 MiB.
  public static byte[] standardInput() {
    try {
      return limited(System.in, "standard input");
    } catch (IOException e) {
      throw failed("read", "standard input", e);
    }
  }

  private static byte[] limited(InputStream in, String name) throws IOException {
    var bytes = in.readNBytes(Json.LARGEST_DOCUMENT + 1);
    if (bytes.length > Json.LARGEST_DOCUMENT) {
      throw new OciException(
          OciException.Category.INVALID,
          "read %s: it is larger than %d bytes".formatted(name, Json.LARGEST_DOCUMENT));
    }
    return bytes;
  }

  public static void write(String name, byte[] content) {
    try {
      Files.write(Path.of(name), content);
    } catch (IOException e) {
      throw failed("write", name, e);
    }
  }

  /// Returns where a file for credentials is there, or was not named. What is in it is read when a
  /// registry is asked.
  public static void requireCredentials(@Nullable Path named) {
    if (named != null && !Files.exists(named)) {
      throw new OciException(
          OciException.Category.USAGE,
          "credential file is not accessible: faccessat %s: no such file or directory"
              .formatted(Quoted.escape(named.toString())));
    }
  }

  private static OciException failed(String attempt, String name, IOException e) {
    return new OciException(
        OciException.Category.IO, "%s %s: %s".formatted(attempt, name, Reason.of(e)), e);
  }
}
