package dev.ocij.transport.local;

import dev.ocij.image.Document;
import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Entries;
import dev.ocij.store.Store;
import dev.ocij.transport.Referrer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the store holds, and how its names are changed.
public record LocalImages(Store store) {

  /// All images, in the order in which the first name of each came.
  public List<LocalImage> list() throws IOException {
    var images = store.images();
    var byDigest = new LinkedHashMap<Digest, List<Descriptor>>();
    for (var entry : entries().images()) {
      byDigest.computeIfAbsent(entry.digest(), _ -> new ArrayList<>()).add(entry);
    }
    var all = new ArrayList<LocalImage>();
    for (var same : byDigest.values()) {
      all.add(LocalImage.read(images, same));
    }
    return all;
  }

  /// The image that is meant by a name or the beginning of an id.
  ///
  /// @throws OciException of category `NOT_FOUND` where there is none
  public LocalImage find(String typed) throws IOException {
    var entries = entries();
    return image(entries, choose(typed, entries).digest());
  }

  /// As [#find], but empty where there is none, or where the text can be no image's name.
  public Optional<LocalImage> search(String typed) throws IOException {
    var entries = entries();
    try {
      var name = LocalName.parse(typed);
      return Optional.of(image(entries, name.choose(entries, store.images()).digest()));
    } catch (OciException e) {
      if (e.category() == OciException.Category.NOT_FOUND || !isName(typed)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean isName(String typed) {
    try {
      LocalName.parse(typed);
      return true;
    } catch (OciException _) {
      return false;
    }
  }

  /// The image whose manifest or index this is.
  public LocalImage at(Digest document) throws IOException {
    return image(entries(), document);
  }

  /// Gives an image one more name; whatever had that name keeps its others.
  ///
  /// @param name without a registry it is one of `localhost`
  public void tag(String typed, String name) throws IOException {
    var images = store.images();
    var chosen = choose(typed, entries());
    try (var _ = images.use()) {
      var named = Map.of(Descriptor.REF_NAME, complete(name));
      images.putKeeping(List.of(chosen.withAnnotations(named)));
    }
  }

  /// Takes these names from an image, or all where there are none; the image stays.
  ///
  /// @throws OciException of category `NOT_FOUND` where it has no such name
  public void untag(String typed, List<String> names) throws IOException {
    var image = find(typed);
    var full = names.isEmpty() ? image.names() : names.stream().map(LocalImages::complete).toList();
    for (var name : full) {
      if (!image.names().contains(name)) {
        throw new OciException(OciException.Category.NOT_FOUND, name + ": tag not known");
      }
    }
    var entries = image.entries().stream().filter(entry -> full.contains(Entries.name(entry)));
    store.images().unname(entries.toList());
  }

  /// What [#remove] did.
  ///
  /// @param untagged names that are gone
  /// @param removed the id of the image; null where it has other names
  public record Removal(List<String> untagged, @Nullable Digest removed) {}

  /// Removes one name of an image, and the image with the last of them; by an id, all its names.
  ///
  /// @param force whether an id of several names is no reason to refuse
  public Removal remove(String typed, boolean force) throws IOException {
    var entries = entries();
    var image = image(entries, choose(typed, entries).digest());
    boolean named = LocalName.parse(typed).isNamed(entries);
    if (!named && image.names().size() > 1 && !force) {
      throw new OciException(
          OciException.Category.USAGE,
          "unable to delete image %s by ID with more than one tag ([%s]): please force removal"
              .formatted(Quoted.of(image.id().hex()), String.join(" ", image.names())));
    }
    return remove(image, named ? List.of(choose(typed, entries)) : image.entries());
  }

  /// Removes an image with all its names.
  public Removal remove(LocalImage image) throws IOException {
    return remove(image, image.entries());
  }

  private Removal remove(LocalImage image, List<Descriptor> chosen) throws IOException {
    for (var entry : chosen) {
      store.images().remove(entry);
    }
    boolean last = chosen.size() == image.entries().size();
    if (last) {
      removeAttached(image.entries().getFirst().digest());
    }
    return new Removal(
        chosen.stream().map(Entries::name).filter(Objects::nonNull).toList(),
        last ? image.id() : null);
  }

  /// What is about an image goes with it.
  private void removeAttached(Digest subject) throws IOException {
    var images = store.images();
    for (var entry : entries().attached()) {
      var document = Document.of(images.blobs().read(entry.digest()), entry.mediaType().value());
      if (Referrer.subject(document).equals(Optional.of(subject))) {
        images.remove(entry);
      }
    }
  }

  /// Removes the blobs that no image needs any more, unless somebody is at work in the store.
  public void sweep() throws IOException {
    if (store.images().exists()) {
      store.images().pruneUnlessUsed(store::needed);
    }
  }

  /// A name as it stands in the store: without a registry it begins with `localhost/`, without a
  /// tag it ends with `:latest`.
  public static String complete(String typed) {
    return Reference.parse(Repository.namesRegistry(typed) ? typed : "localhost/" + typed)
        .toString();
  }

  private Descriptor choose(String typed, Entries entries) throws IOException {
    try {
      return LocalName.parse(typed).choose(entries, store.images());
    } catch (OciException e) {
      throw e.category() == OciException.Category.NOT_FOUND
          ? new OciException(e.category(), Quoted.escape(typed) + ": image not known", e)
          : e;
    }
  }

  /// The name of an image that a typed one stands for; empty where that is an id.
  public static Optional<String> meantName(LocalImage image, String typed) {
    var reference = LocalName.parse(typed).reference();
    if (reference == null) {
      return Optional.empty();
    }
    return Stream.of(complete(typed), reference.toString())
        .filter(image.names()::contains)
        .findFirst();
  }

  private Entries entries() throws IOException {
    return store.images().exists() ? store.images().entries() : new Entries(List.of());
  }

  private LocalImage image(Entries entries, Digest digest) throws IOException {
    return LocalImage.read(store.images(), entries.withDigest(digest));
  }
}
