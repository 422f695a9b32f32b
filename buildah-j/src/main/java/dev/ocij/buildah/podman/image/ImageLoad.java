package dev.ocij.buildah.podman.image;

import dev.ocij.copy.Beside;
import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Selection;
import dev.ocij.name.Location;
import dev.ocij.name.Reference;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import dev.ocij.transport.archive.ArchivedImage;
import dev.ocij.transport.local.LocalImages;
import dev.ocij.transport.local.LocalTransport;
import dev.ocij.trust.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Brings the images of an archive or a folder into the store.
///
/// @param temporary the directory for temporary files
record ImageLoad(Store store, Copier copier, Policy policy, Path temporary) {
  /// @return the names of what was loaded, the id where there is none
  List<String> load(Path from) throws IOException {
    if (!Files.exists(from)) {
      throw new OciException(
          OciException.Category.IO,
          "load %s: no such file or directory".formatted(Quoted.escape(from.toString())));
    }
    var loaded = new ArrayList<String>();
    for (var image : Files.isDirectory(from) ? folder(from) : ArchivedImage.of(from, temporary)) {
      loaded.addAll(load(image));
    }
    return loaded;
  }

  /// What is in a folder has no name of its own.
  private static List<ArchivedImage> folder(Path folder) {
    if (Files.exists(folder.resolve("oci-layout"))) {
      return List.of(new ArchivedImage(new Location("oci", folder.toString()), List.of()));
    }
    if (Files.exists(folder.resolve("manifest.json"))) {
      return List.of(new ArchivedImage(new Location("dir", folder.toString()), List.of()));
    }
    throw new OciException(
        OciException.Category.INVALID,
        "load %s: payload does not match any of the supported image formats: it has neither"
                .formatted(Quoted.escape(folder.toString()))
            + " oci-layout nor manifest.json");
  }

  private List<String> load(ArchivedImage image) throws IOException {
    var names = image.names().stream().map(Reference::toString).toList();
    var first = names.isEmpty() ? "" : names.getFirst();
    var request =
        CopyRequest.of(
                image.location(),
                LocalTransport.location(first),
                new Selection.Single(Platform.host()),
                policy)
            .with(Beside.NOTHING);
    var written = copier.copy(request);
    var images = new LocalImages(store);
    for (var name : names.subList(Math.min(1, names.size()), names.size())) {
      images.tag(first, name);
    }
    return names.isEmpty() ? List.of("sha256:" + images.at(written.digest()).id().hex()) : names;
  }
}
