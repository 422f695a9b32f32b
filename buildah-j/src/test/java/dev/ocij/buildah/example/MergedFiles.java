package dev.ocij.buildah.example;

import dev.ocij.spec.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Layers put on one another, as image-spec says, by other code than the one that is tested.
final class MergedFiles {
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";
  private static final String XATTR = "SCHILY.xattr.";

  /// What stands at a path: all that two images must agree in, as text, and when it last changed.
  record File(String shown, boolean directory, Instant changed) {}

  private final Map<String, File> files = new TreeMap<>();

  void apply(InputStream layer) throws IOException {
    var below = List.copyOf(files.keySet());
    try (var tar = new TarArchiveInputStream(layer, "UTF-8")) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        add(entry, tar, below);
      }
    }
  }

  /// Each path with what stands there.
  Map<String, String> shown() {
    var shown = new TreeMap<String, String>();
    files.forEach((path, file) -> shown.put(path, file.shown()));
    return shown;
  }

  /// When each thing that is no directory and did not change since this moment last changed.
  Map<String, Instant> changedBefore(Instant moment) {
    var changes = new TreeMap<String, Instant>();
    files.forEach((path, file) -> {
      if (!file.directory() && file.changed().isBefore(moment)) {
        changes.put(path, file.changed());
      }
    });
    return changes;
  }

  private void add(TarArchiveEntry entry, TarArchiveInputStream tar, List<String> below)
      throws IOException {
    var path = normal(entry.getName());
    var name = path.substring(path.lastIndexOf('/') + 1);
    var parent = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    if (name.equals(OPAQUE)) {
      removeOf(below, there -> there.startsWith(parent + "/"));
    } else if (name.startsWith(WHITEOUT)) {
      var hidden = (parent.isEmpty() ? "" : parent + "/") + name.substring(WHITEOUT.length());
      removeOf(below, there -> there.equals(hidden) || there.startsWith(hidden + "/"));
    } else if (!path.isEmpty()) {
      if (!entry.isDirectory()) {
        files.keySet().removeIf(there -> there.startsWith(path + "/"));
      }
      files.put(path, entry.isLink() ? linked(entry) : file(entry, tar));
    }
  }

  private void removeOf(List<String> below, Predicate<String> hidden) {
    below.stream().filter(hidden).forEach(files::remove);
  }

  private File linked(TarArchiveEntry entry) {
    var target = files.get(normal(entry.getLinkName()));
    if (target == null) {
      throw new AssertionError("hard link to nothing: " + entry.getName());
    }
    return target;
  }

  private static File file(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
    var attributes = new TreeMap<String, String>();
    entry
        .getExtraPaxHeaders()
        .forEach((key, value) -> {
          if (key.startsWith(XATTR)) {
            attributes.put(key, value);
          }
        });
    var shown =
        "%s %04o %d:%d %s %s"
            .formatted(
                type(entry),
                entry.getMode() & 07777,
                entry.getLongUserId(),
                entry.getLongGroupId(),
                content(entry, tar),
                attributes);
    return new File(
        shown,
        entry.isDirectory(),
        entry.getLastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String type(TarArchiveEntry entry) {
    if (entry.isDirectory()) {
      return "directory";
    } else if (entry.isSymbolicLink()) {
      return "link";
    } else if (entry.isFIFO()) {
      return "pipe";
    }
    return entry.isFile() ? "file" : "device";
  }

  private static String content(TarArchiveEntry entry, TarArchiveInputStream tar)
      throws IOException {
    if (entry.isSymbolicLink()) {
      return entry.getLinkName();
    }
    return entry.isFile() ? Digest.of(tar.readAllBytes()).hex() : "";
  }

  private static String normal(String name) {
    return name.replaceFirst("^(\\./|/)+", "").replaceFirst("^\\.$", "").replaceFirst("/+$", "");
  }
}
