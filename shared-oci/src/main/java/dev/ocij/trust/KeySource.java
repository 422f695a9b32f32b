package dev.ocij.trust;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where a requirement finds its public keys: in files, read each time, or in the policy itself.
///
/// @param data the content of key files; not to be changed
public record KeySource(List<Path> paths, List<byte[]> data) {
  private static final int LARGEST_KEY_FILE = 4 << 20;

  public KeySource {
    paths = List.copyOf(paths);
    data = List.copyOf(data);
  }

  /// No key at all.
  public static final KeySource NONE = new KeySource(List.of(), List.of());

  public static KeySource ofData(List<byte[]> data) {
    return new KeySource(List.of(), data);
  }

  /// The content of every key file.
  ///
  /// @throws OciException naming the file that cannot be read
  public List<byte[]> read() {
    var keys = new ArrayList<>(data);
    paths.forEach(path -> keys.add(read(path)));
    return keys;
  }

  private static byte[] read(Path path) {
    try (var in = Files.newInputStream(path)) {
      var bytes = in.readNBytes(LARGEST_KEY_FILE + 1);
      if (bytes.length > LARGEST_KEY_FILE) {
        throw new OciException(
            OciException.Category.INVALID,
            "read key file \"%s\": it is larger than %d bytes".formatted(path, LARGEST_KEY_FILE));
      }
      return bytes;
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read key file \"%s\": %s".formatted(path, Reason.of(e)), e);
    }
  }
}
