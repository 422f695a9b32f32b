package dev.ocij.transport.local;

import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Entries;
import dev.ocij.store.ImageStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How an image of the store is asked for.
///
/// @param typed as it stands on the command line
/// @param reference what it means as a name; null where it can be an id only
record LocalName(String typed, @Nullable Reference reference) {
  private static final Pattern ID = Pattern.compile("@?(?:sha256:)?([0-9a-f]{4,64})");

  static LocalName parse(String typed) {
    if (typed.startsWith("@") || typed.startsWith("sha256:") || typed.matches("[0-9a-f]{64}")) {
      return new LocalName(typed, null);
    }
    return new LocalName(typed, Reference.parse(typed));
  }

  /// Whether the name itself is one of the store's, so that no other of the image is meant.
  boolean isNamed(Entries entries) {
    return byName(entries).isPresent();
  }

  /// The entry that is meant: by name before by id.
  ///
  /// @throws OciException of category `NOT_FOUND` without one, `USAGE` where several begin so
  Descriptor choose(Entries entries, ImageStore images) throws IOException {
    var named = byName(entries).or(() -> byDigest(entries));
    if (named.isPresent()) {
      return named.get();
    }
    var found = byId(images);
    if (found.isEmpty()) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "open containers-storage:%s: no such image".formatted(Quoted.escape(typed)));
    }
    if (found.size() > 1) {
      throw new OciException(
          OciException.Category.USAGE,
          "open containers-storage:%s: several images have ids that begin so"
              .formatted(Quoted.escape(typed)));
    }
    return found.getFirst();
  }

  /// A name without a registry may be one that we completed with `localhost/`, when it was built
  /// here.
  private Optional<Descriptor> byName(Entries entries) {
    if (reference == null) {
      return Optional.empty();
    }
    var full = Stream.of(reference.toString());
    var local =
        Repository.namesRegistry(typed)
            ? Stream.<String>empty()
            : Stream.of(Reference.parse("localhost/" + typed).toString());
    return Stream.concat(local, full).flatMap(name -> entries.named(name).stream()).findFirst();
  }

  private Optional<Descriptor> byDigest(Entries entries) {
    return reference instanceof Reference.Digested(var repository, var digest)
        ? entries.withDigest(digest).stream().filter(entry -> isIn(repository, entry)).findFirst()
        : Optional.empty();
  }

  private static boolean isIn(Repository repository, Descriptor entry) {
    var name = Entries.name(entry);
    return name != null && (name.startsWith(repository + ":") || name.startsWith(repository + "@"));
  }

  private List<Descriptor> byId(ImageStore images) throws IOException {
    var id = ID.matcher(typed);
    return id.matches() && images.exists() ? images.withId(id.group(1)) : List.of();
  }
}
