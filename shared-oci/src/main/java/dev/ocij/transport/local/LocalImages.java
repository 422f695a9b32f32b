package dev.ocij.transport.local;

import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.store.ImageStore;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Images of the local store, by the names that people type: complete ones, short ones, ids.
public record LocalImages(ImageStore images) {
  private static final String LOCAL = "localhost/";
  private static final Pattern ID = Pattern.compile("(?:sha256:)?[0-9a-f]{3,64}");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /// The name of an image of this store: without a registry it is local.
  public static Reference complete(String typed) {
    return Reference.parse(Repository.namesRegistry(typed) ? typed : LOCAL + typed);
  }

  /// Whether this could be an image id or the beginning of one.
  public static boolean isId(String typed) {
    return ID.matcher(typed).matches();
  }

  /// The entry of an image: by its name, with `localhost/` or `docker.io/` where it has no
  /// registry, by the digest of its manifest, or by the beginning of its id.
  public Optional<Descriptor> find(String typed) {
    return byName(typed).or(() -> byDigest(typed)).or(() -> byId(typed));
  }

  /// The id of the image behind an entry: the digest of its configuration, or of an index itself.
  public String id(Descriptor entry) {
    if (!entry.mediaType().isManifest()) {
      return entry.digest().hex();
    }
    try {
      var bytes = images.read(entry).bytes();
      return Json.read(bytes, ImageManifest.class, "manifest").config().digest().hex();
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "read manifest %s: %s".formatted(entry.digest(), e.getMessage()),
          e);
    }
  }

  private Optional<Descriptor> byName(String typed) {
    if (DIGEST.matcher(typed).matches()) {
      return Optional.empty();
    }
    var local = images.find(complete(typed).toString());
    return Repository.namesRegistry(typed)
        ? local
        : local.or(() -> images.find(Reference.parse(typed).toString()));
  }

  private Optional<Descriptor> byDigest(String typed) {
    var digest = typed.substring(typed.indexOf('@') + 1);
    return images.entries().stream().filter(e -> e.digest().toString().equals(digest)).findFirst();
  }

  private Optional<Descriptor> byId(String typed) {
    if (!isId(typed)) {
      return Optional.empty();
    }
    var prefix = typed.replaceFirst("^sha256:", "");
    return images.entries().stream().filter(e -> id(e).startsWith(prefix)).findFirst();
  }
}
