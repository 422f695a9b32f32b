package dev.ocij.skopeo.cli;

import dev.ocij.copy.Mirror.Result;
import dev.ocij.skopeo.sync.SyncedImage;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.util.List;

/// What became of the images of a sync.
final class SyncTally {
  private final LogLines log;
  private final StringBuilder digests = new StringBuilder();
  private int images;
  private boolean failed;

  SyncTally(LogLines log) {
    this.log = log;
  }

  /// Counts images that were told, or copied.
  void add(int count) {
    images += count;
  }

  void fail() {
    failed = true;
  }

  /// Counts the images of a source, and tells of each that could not be copied.
  void addAll(List<SyncedImage> copied, List<Result> results) {
    for (int i = 0; i < results.size(); i++) {
      var image = copied.get(i);
      switch (results.get(i)) {
        case Result.Copied(var written) -> add(image, written);
        case Result.Present(var present) -> add(image, present);
        case Result.NotBegun() -> {}
        case Result.Failed(var error) -> {
          log.error(during(image), "error=" + Reason.withFile(error));
          failed = true;
        }
      }
    }
  }

  private void add(SyncedImage image, Descriptor there) {
    digests.append(there.digest()).append(' ').append(image.to()).append('\n');
    images++;
  }

  /// Ends with the first failure in the order of the list.
  static void endAtFailure(List<SyncedImage> copied, List<Result> results) throws IOException {
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof Result.Failed(var error)) {
        var attempt = during(copied.get(i));
        if (error instanceof OciException known) {
          throw known.during(attempt);
        }
        throw new IOException(attempt + ": " + Reason.withFile(error), error);
      }
    }
  }

  private static String during(SyncedImage image) {
    return "Error copying ref \"%s\"".formatted(image.from());
  }

  boolean hasFailed() {
    return failed;
  }

  /// A line for each image that is there now: its digest and its place.
  String digests() {
    return digests.toString();
  }

  /// Tells how many images came from so many sources.
  ///
  /// @throws OciException where one did not
  void finish(String verb, int sources) {
    log.info("%s %d images from %d sources".formatted(verb, images, sources));
    if (failed) {
      throw new OciException(
          OciException.Category.IO,
          "Sync failed due to previous reported error(s) for one or more images");
    }
  }
}
