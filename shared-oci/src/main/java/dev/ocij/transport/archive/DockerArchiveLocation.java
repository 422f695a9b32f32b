package dev.ocij.transport.archive;

import dev.ocij.name.Reference;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `path[:name:tag|:@position]`; the path ends at the first colon.
///
/// @param position zero-based, -1 for none
record DockerArchiveLocation(Path path, Reference.@Nullable Tagged reference, int position) {
  private static final Pattern POSITION = Pattern.compile("@[0-9]{1,9}");

  static DockerArchiveLocation parse(String rest) {
    int colon = rest.indexOf(':');
    var path = Path.of(colon < 0 ? rest : rest.substring(0, colon));
    if (path.toString().isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE, "invalid image name \"docker-archive:\": expected a path");
    }
    if (colon < 0) {
      return new DockerArchiveLocation(path, null, -1);
    }
    var image = rest.substring(colon + 1);
    if (POSITION.matcher(image).matches()) {
      return new DockerArchiveLocation(path, null, Integer.parseInt(image.substring(1)));
    }
    if (image.startsWith("@")) {
      throw new OciException(
          OciException.Category.USAGE,
          "invalid image name %s: Invalid source index %s: expected a number from 0 on"
              .formatted(Quoted.of("docker-archive:" + rest), Quoted.escape(image)));
    }
    return switch (Reference.parse(image)) {
      case Reference.Tagged tagged -> new DockerArchiveLocation(path, tagged, -1);
      case Reference.Digested _ ->
          throw new OciException(
              OciException.Category.USAGE,
              "invalid image name %s: a docker-archive names images by tag, not by digest"
                  .formatted(Quoted.of("docker-archive:" + rest)));
    };
  }

  /// The image that is meant.
  SavedImage choose(List<SavedImage> images) {
    if (reference != null) {
      return images.stream()
          .filter(image -> image.isNamed(reference))
          .findFirst()
          .orElseThrow(() -> missing("Tag \"%s\" not found".formatted(reference)));
    }
    if (position >= images.size()) {
      throw missing(
          "Invalid source index @%d, only %d manifest items available"
              .formatted(position, images.size()));
    }
    if (position < 0 && images.size() != 1) {
      throw new OciException(
          OciException.Category.USAGE,
          "open docker-archive:%s: it has %d images; choose one by name, or by position as @0"
              .formatted(Quoted.escape(path.toString()), images.size()));
    }
    return images.get(Math.max(position, 0));
  }

  private OciException missing(String found) {
    return new OciException(
        OciException.Category.USAGE,
        "open docker-archive:%s: %s".formatted(Quoted.escape(path.toString()), found));
  }
}
