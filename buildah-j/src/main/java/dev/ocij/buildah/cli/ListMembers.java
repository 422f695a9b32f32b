package dev.ocij.buildah.cli;

import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Progress;
import dev.ocij.copy.Selection;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.transport.local.LocalImage;
import dev.ocij.transport.local.LocalImages;
import dev.ocij.transport.local.LocalTransport;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Images on their way into a list: found in the store, or brought there.
record ListMembers(Toolbox tools) {
  /// The members that an image gives: itself, or where it is an index all of its own.
  ///
  /// @param all whether all of an index are wanted, else only the one for this machine
  List<Descriptor> of(String typed, boolean all) throws IOException {
    var image = find(typed, all);
    if (!image.isIndex()) {
      return List.of(descriptor(image));
    }
    var index = Json.read(image.document().bytes(), ImageIndex::from, "index");
    if (all) {
      return index.manifests();
    }
    return index.manifests().stream()
        .filter(member -> isFor(member.platform(), Platform.host()))
        .findFirst()
        .map(List::of)
        .orElseThrow(() ->
            new OciException(
                OciException.Category.NOT_FOUND,
                "add %s: it has no image for %s; add all of it with --all"
                    .formatted(typed, Platform.host())));
  }

  /// What an image or an index is known by, to be the subject of another.
  Descriptor subject(String typed) throws IOException {
    return descriptor(find(typed, true));
  }

  private static boolean isFor(@Nullable Platform platform, Platform wanted) {
    return platform != null && platform.satisfies(wanted);
  }

  private LocalImage find(String typed, boolean all) throws IOException {
    var images = new LocalImages(tools.store());
    try {
      return images.find(typed);
    } catch (OciException e) {
      if (e.category() != OciException.Category.NOT_FOUND
          && e.category() != OciException.Category.USAGE) {
        throw e;
      }
      return images.at(fetched(typed, all).digest());
    }
  }

  private Descriptor fetched(String typed, boolean all) throws IOException {
    var transports = tools.transports();
    return new Copier(transports, transports, Progress.SILENT)
        .copy(
            CopyRequest.of(
                ImagePull.location(typed, transports),
                LocalTransport.location(""),
                all ? new Selection.All() : new Selection.Single(Platform.host()),
                tools.policy()));
  }

  private static Descriptor descriptor(LocalImage image) {
    var config = image.config();
    return image.document().descriptor().withPlatform(config == null ? null : config.platform());
  }
}
