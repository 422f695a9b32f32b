package dev.ocij.buildah.run;

import dev.ocij.buildah.overlay.Trees;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Locks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The secrets of a store: each a folder by its id, in files that nobody else may read. They are
/// not encrypted.
public record Secrets(Path root) {
  private static final String CONTENT = "content";
  private static final String LOCK = ".lock";
  private static final String ID = "[0-9a-f]{25}";
  private static final String NAME = "[a-zA-Z0-9]([a-zA-Z0-9._-]{0,62}[a-zA-Z0-9])?";
  private static final int LARGEST = 512_000;

  /// Keeps a secret under a name.
  ///
  /// @param replace whether one that has the name goes
  public Secret create(String name, byte[] content, Map<String, String> labels, boolean replace)
      throws IOException {
    check(name, content);
    Files.createDirectories(
        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (var _ = Locks.exclusive(root.resolve(LOCK))) {
      var holder = list().stream().filter(each -> each.name().equals(name)).findFirst();
      if (holder.isPresent() && !replace) {
        throw usage(name + ": secret name in use");
      }
      var made = new Secret(ContainerNames.newId().substring(0, 25), name, Instant.now(), labels);
      write(made, content);
      if (holder.isPresent()) {
        remove(holder.get());
      }
      return made;
    }
  }

  private static void check(String name, byte[] content) {
    if (!name.matches(NAME)) {
      throw usage(
          "only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be"
              + " [a-zA-Z0-9]: %s: invalid secret name".formatted(Quoted.escape(name)));
    }
    if (content.length == 0 || content.length >= LARGEST) {
      throw usage("secret data must be larger than 0 and less than 512000 bytes");
    }
  }

  /// It appears whole.
  private void write(Secret secret, byte[] content) throws IOException {
    var pending = Files.createTempDirectory(root, ".new-"); // for its owner alone
    Files.write(pending.resolve(CONTENT), content);
    Files.write(pending.resolve(Secret.FILE), secret.bytes());
    Files.move(pending, root.resolve(secret.id()), StandardCopyOption.ATOMIC_MOVE);
  }

  /// All secrets, by name.
  public List<Secret> list() throws IOException {
    var all = new ArrayList<Secret>();
    if (Files.isDirectory(root)) {
      try (var folders = Files.newDirectoryStream(root)) {
        for (var folder : folders) {
          if (String.valueOf(folder.getFileName()).matches(ID)) {
            all.add(Secret.parse(Files.readAllBytes(folder.resolve(Secret.FILE))));
          }
        }
      }
    }
    all.sort(Comparator.comparing(Secret::name));
    return all;
  }

  /// The secret of this name or id, or the only one whose id begins so.
  ///
  /// @throws OciException of category `USAGE` where several do
  public Optional<Secret> find(String nameOrId) throws IOException {
    var all = list();
    var exact =
        all.stream()
            .filter(each -> each.name().equals(nameOrId) || each.id().equals(nameOrId))
            .findFirst();
    var begun = all.stream().filter(each -> each.id().startsWith(nameOrId)).toList();
    if (exact.isEmpty() && begun.size() > 1) {
      throw usage("more than one result secret with prefix %s".formatted(Quoted.of(nameOrId)));
    }
    return exact.isPresent() || nameOrId.isEmpty() ? exact : begun.stream().findFirst();
  }

  /// @throws OciException of category `NOT_FOUND` where there is none
  public Secret require(String nameOrId) throws IOException {
    return find(nameOrId)
        .orElseThrow(() ->
            new OciException(
                Category.NOT_FOUND,
                "no secret with name or id \"%s\": no such secret"
                    .formatted(Quoted.escape(nameOrId))));
  }

  public byte[] content(Secret secret) throws IOException {
    return Files.readAllBytes(root.resolve(secret.id()).resolve(CONTENT));
  }

  public void remove(Secret secret) throws IOException {
    Trees.delete(root.resolve(secret.id()));
  }

  private static OciException usage(String sentence) {
    return new OciException(Category.USAGE, sentence);
  }
}
