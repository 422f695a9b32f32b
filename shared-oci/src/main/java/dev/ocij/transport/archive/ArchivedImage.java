package dev.ocij.transport.archive;

import dev.ocij.name.Location;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Entries;
import dev.ocij.transport.layout.LayoutName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An image in an archive of any kind.
///
/// @param location by which it is read
/// @param names that it has there, complete
public record ArchivedImage(Location location, List<Reference> names) {
  private static final String INDEX = "index.json";

  public ArchivedImage {
    names = List.copyOf(names);
  }

  /// All images of an archive, as `docker save` or as an OCI layout; an archive that is both is
  /// read as the first, for there the images have their full names.
  ///
  /// @param temporary the directory for temporary files
  /// @throws OciException of category `INVALID` where it is neither
  public static List<ArchivedImage> of(Path archive, Path temporary) throws IOException {
    try (var tar = TarFile.open(archive, temporary)) {
      if (tar.has(SavedImage.MANIFEST)) {
        return saved(archive, SavedImage.read(tar));
      }
      if (tar.has(INDEX)) {
        return layout(archive, Entries.parse(tar.read(INDEX), tar + ", " + INDEX));
      }
      throw new OciException(
          OciException.Category.INVALID,
          "load %s: payload does not match any of the supported image formats: it has neither"
                  .formatted(Quoted.escape(archive.toString()))
              + " manifest.json nor index.json");
    }
  }

  private static List<ArchivedImage> saved(Path archive, List<SavedImage> images) {
    var all = new ArrayList<ArchivedImage>();
    for (int i = 0; i < images.size(); i++) {
      var names = images.get(i).repoTags().stream().map(Reference::parse).toList();
      all.add(new ArchivedImage(new Location("docker-archive", archive + ":@" + i), names));
    }
    return all;
  }

  private static List<ArchivedImage> layout(Path archive, Entries entries) {
    var all = new ArrayList<ArchivedImage>();
    for (int i = 0; i < entries.all().size(); i++) {
      var entry = entries.all().get(i);
      if (entries.images().contains(entry)) {
        all.add(new ArchivedImage(new Location("oci-archive", archive + ":@" + i), names(entry)));
      }
    }
    return all;
  }

  /// The names of an entry of a layout; what that calls an image may be no name of one.
  static List<Reference> names(Descriptor entry) {
    return LayoutName.of(Entries.name(entry)).references("localhost/");
  }
}
