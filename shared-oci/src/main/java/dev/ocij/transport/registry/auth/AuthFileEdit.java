package dev.ocij.transport.registry.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.store.Locks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Changes to a file of credentials: under a lock, by rename, with mode 0600, in the form that the
/// peers write. What other programs keep in the file stays.
record AuthFileEdit(Path file) {
  private static final String AUTHS = "auths";
  private static final DefaultPrettyPrinter GO =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectFieldValueSpacing(Spacing.AFTER)
                  .withObjectEmptySeparator("")
                  .withArrayEmptySeparator(""))
          .withObjectIndenter(new DefaultIndenter("\t", "\n"))
          .withArrayIndenter(new DefaultIndenter("\t", "\n"));

  /// Replaces the entries, which are in the order of their keys afterwards.
  void change(Consumer<TreeMap<String, JsonNode>> edit) {
    try {
      var directory = directory();
      try (var _ = Locks.exclusive(directory.resolve("." + file.getFileName() + ".lock"))) {
        var root = AuthFile.read(file).map(AuthFile::root).orElse(Json.object());
        write(edited(root, edit), target());
      }
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "write %s: %s".formatted(file, Reason.of(e)), e);
    }
  }

  private static ObjectNode edited(JsonNode root, Consumer<TreeMap<String, JsonNode>> edit) {
    var entries = new TreeMap<String, JsonNode>();
    root.path(AUTHS).properties().forEach(e -> entries.put(e.getKey(), e.getValue()));
    edit.accept(entries);
    var changed = Json.object();
    changed.set(AUTHS, Json.object().setAll(entries));
    root.properties().stream()
        .filter(field -> !field.getKey().equals(AUTHS))
        .forEach(field -> changed.set(field.getKey(), field.getValue()));
    return changed;
  }

  /// A new file is readable by nobody else from its first moment.
  private static void write(ObjectNode root, Path target) throws IOException {
    var pending = Files.createTempFile(target.getParent(), ".tmp-", "");
    try {
      Files.write(pending, text(root));
      try (var written = FileChannel.open(pending, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(
          pending, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(pending);
    }
  }

  private static byte[] text(ObjectNode root) throws JsonProcessingException {
    return Json.mapper().writer(GO).writeValueAsBytes(root);
  }

  /// A link stays one: what it leads to is replaced.
  private Path target() throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  private Path directory() throws IOException {
    var parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException("it is no file");
    }
    var onlyOurs = PosixFilePermissions.fromString("rwx------");
    return Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(onlyOurs));
  }
}
