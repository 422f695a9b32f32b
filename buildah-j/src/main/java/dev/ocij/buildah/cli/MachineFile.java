package dev.ocij.buildah.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Small text files in which a machine tells of itself, as below `/proc` and `/etc`.
public final class MachineFile {
  private MachineFile() {}

  /// Without the spaces around it; empty where it cannot be read.
  public static String read(String file) throws IOException {
    var path = Path.of(file);
    return Files.isReadable(path) ? Files.readString(path).strip() : "";
  }

  /// A file with a name and a value in each line; other lines do not count.
  public static Map<String, String> values(String file, String separator) throws IOException {
    var values = new LinkedHashMap<String, String>();
    for (var line : read(file).lines().toList()) {
      var parts = line.split(separator, 2);
      if (parts.length == 2) {
        values.put(parts[0].strip(), parts[1].strip());
      }
    }
    return values;
  }

  /// One of the [#values] of `/proc/meminfo`; 0 where it is not told.
  public static long bytes(Map<String, String> memory, String name) {
    return Long.parseLong(memory.getOrDefault(name, "0").replaceAll("[^0-9]", "")) * 1024;
  }
}
