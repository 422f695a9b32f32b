package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.BuildResult;
import dev.ocij.name.Location;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The files in which `build` tells what it gave.
final class ResultFlags {
  private final Supplier<Optional<String>> idFile;
  private final Supplier<Optional<String>> rawIdFile;
  private final Supplier<Optional<String>> metadataFile;

  ResultFlags(Options options) {
    idFile = options.text("--iidfile", "PATH", "write the image's id here");
    rawIdFile = options.text("--iidfile-raw", "PATH", "write the image's id here, without sha256:");
    metadataFile = options.text("--metadata-file", "PATH", "write digests and names here, as JSON");
  }

  /// @param list whether the result is one, which has no id
  void check(boolean list) {
    if (list && (idFile.get().isPresent() || rawIdFile.get().isPresent())) {
      throw new OciException(
          OciException.Category.USAGE,
          "--iidfile with a list of images: a list has no id; leave the option out");
    }
  }

  void write(BuildResult result, List<Location> targets, boolean list) {
    idFile.get().ifPresent(name -> LocalFile.write(name, ascii(result.id().toString())));
    rawIdFile.get().ifPresent(name -> LocalFile.write(name, ascii(result.id().hex())));
    metadataFile.get().ifPresent(name -> LocalFile.write(name, metadata(result, targets, list)));
  }

  /// The keys that BuildKit writes.
  private static byte[] metadata(BuildResult result, List<Location> targets, boolean list) {
    var metadata = new LinkedHashMap<String, Object>();
    if (!list) {
      metadata.put("containerimage.config.digest", result.id().toString());
    }
    metadata.put("containerimage.descriptor", result.document());
    metadata.put("containerimage.digest", result.document().digest().toString());
    var names =
        targets.stream()
            .map(Location::rest)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.joining(","));
    if (!names.isEmpty()) {
      metadata.put("image.name", names);
    }
    return Json.write(metadata);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
