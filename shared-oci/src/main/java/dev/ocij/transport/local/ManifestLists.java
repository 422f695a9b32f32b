package dev.ocij.transport.local;

import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Locks;
import dev.ocij.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The manifest lists of a store: indexes that people put together image by image. Each change
/// makes another document under the same name; two at once wait for one another.
public record ManifestLists(Store store) {
  private static final String LOCK = ".lists.lock";

  /// Makes an empty list.
  ///
  /// @param amend whether one that is there is fine
  /// @return the list's id
  public Digest create(String name, boolean amend, Map<String, String> annotations)
      throws IOException {
    store.create();
    try (var _ = store.images().use();
        var _ = lock()) {
      var full = LocalImages.complete(name);
      var there = named(full);
      if (!there.isEmpty() && !(amend && there.getFirst().isIndex())) {
        throw new OciException(
            OciException.Category.USAGE,
            ("creating image to hold manifest list: image name %s is already associated with image"
                    + " %s: that name is already in use")
                .formatted(Quoted.of(full), Quoted.of(there.getFirst().id().hex())));
      }
      var empty = ImageIndex.of(MediaType.DOCKER_LIST, List.of());
      var before = there.isEmpty() ? empty : index(there.getFirst());
      return write(full, annotated(before, annotations));
    }
  }

  /// What a list has.
  ///
  /// @throws OciException where there is no such list
  public ImageIndex read(String name) throws IOException {
    return index(find(name));
  }

  /// Whether a name is that of a list.
  public boolean exists(String name) throws IOException {
    try {
      return new LocalImages(store).find(name).isIndex();
    } catch (OciException e) {
      if (e.category() == OciException.Category.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /// Adds members, or takes the place of those of the same digest.
  ///
  /// @param members whose documents are in the store
  /// @return the list's id
  public Digest add(String name, List<Descriptor> members) throws IOException {
    return editMembers(
        name,
        manifests -> {
          for (var member : members) {
            manifests.removeIf(there -> there.digest().equals(member.digest()));
            manifests.add(member);
          }
        });
  }

  /// Changes what the list says of a member.
  public Digest annotate(String name, Digest member, UnaryOperator<Descriptor> change)
      throws IOException {
    return editMembers(
        name,
        manifests -> {
          requireMember(manifests, member);
          manifests.replaceAll(
              there -> there.digest().equals(member) ? change.apply(there) : there);
        });
  }

  /// Changes what the list says of itself.
  ///
  /// @param annotations that it gets
  /// @param subject what it is about; null to leave that as it is
  public Digest annotate(String name, Map<String, String> annotations, @Nullable Descriptor subject)
      throws IOException {
    return edit(
        name,
        before -> {
          var all = new LinkedHashMap<>(before.annotations());
          all.putAll(annotations);
          return new ImageIndex(
              before.schemaVersion(),
              before.mediaType(),
              before.artifactType(),
              before.manifests(),
              subject == null ? before.subject() : subject,
              all);
        });
  }

  /// Removes a member.
  public Digest remove(String name, Digest member) throws IOException {
    return editMembers(
        name,
        manifests -> {
          requireMember(manifests, member);
          manifests.removeIf(there -> there.digest().equals(member));
        });
  }

  private Digest editMembers(String name, Consumer<List<Descriptor>> change) throws IOException {
    return edit(
        name,
        before -> {
          var manifests = new ArrayList<>(before.manifests());
          change.accept(manifests);
          return before.withManifests(manifests);
        });
  }

  private Digest edit(String name, UnaryOperator<ImageIndex> change) throws IOException {
    find(name);
    try (var _ = store.images().use();
        var _ = lock()) {
      var list = find(name);
      return write(nameOf(list, name), change.apply(index(list)));
    }
  }

  /// The one of its names that was meant: lists of the same members are one image.
  private static String nameOf(LocalImage list, String typed) {
    return LocalImages.meantName(list, typed).orElseGet(() -> list.names().getFirst());
  }

  private Digest write(String name, ImageIndex index) throws IOException {
    var images = store.images();
    var typed = index.withMediaType(type(index));
    var blob = Blob.of(type(index), Json.write(typed));
    var written = images.blobs().put(blob);
    images.put(List.of(written.withAnnotations(Map.of(Descriptor.REF_NAME, name))));
    return written.digest();
  }

  /// A list of Docker's holds Docker's manifests only.
  private static MediaType type(ImageIndex index) {
    boolean docker = index.manifests().stream().allMatch(m -> m.mediaType().isDocker());
    boolean plain = index.annotations().isEmpty() && index.subject() == null;
    return docker && plain ? MediaType.DOCKER_LIST : MediaType.OCI_INDEX;
  }

  private static ImageIndex annotated(ImageIndex index, Map<String, String> annotations) {
    return annotations.isEmpty()
        ? index
        : new ImageIndex(
            index.schemaVersion(),
            index.mediaType(),
            index.artifactType(),
            index.manifests(),
            index.subject(),
            annotations);
  }

  private LocalImage find(String name) throws IOException {
    var found = new LocalImages(store).find(name);
    if (!found.isIndex()) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          LocalImages.complete(name) + ": image is not a manifest list");
    }
    return found;
  }

  private List<LocalImage> named(String full) throws IOException {
    return new LocalImages(store)
        .list().stream().filter(image -> image.names().contains(full)).toList();
  }

  private static ImageIndex index(LocalImage list) {
    Document document = list.document();
    return Json.read(document.bytes(), ImageIndex::from, "manifest list " + document.digest());
  }

  private static void requireMember(List<Descriptor> manifests, Digest member) {
    if (manifests.stream().noneMatch(there -> there.digest().equals(member))) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "no instance matching digest \"%s\" found in manifest list: file does not exist"
              .formatted(member));
    }
  }

  private Locks.Held lock() throws IOException {
    return Locks.exclusive(store.images().directory().resolve(LOCK));
  }
}
