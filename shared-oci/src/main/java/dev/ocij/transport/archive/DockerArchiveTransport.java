package dev.ocij.transport.archive;

import dev.ocij.name.Reference;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import dev.ocij.trust.ImageIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `docker-archive:path[:name:tag|:@position]`, what `docker save` writes and `docker load` reads.
///
/// @param temporary the directory for temporary files
/// @param additionalTags names that an image gets beside its own when it is written
public record DockerArchiveTransport(Path temporary, List<Reference.Tagged> additionalTags)
    implements Transport {
  static final int MODE = 0444;

  public DockerArchiveTransport {
    additionalTags = List.copyOf(additionalTags);
  }

  @Override
  public String name() {
    return "docker-archive";
  }

  @Override
  public Source openSource(String rest) throws IOException {
    var location = DockerArchiveLocation.parse(rest);
    var tar = TarFile.open(location.path(), temporary);
    try {
      return new DockerArchiveSource(
          tar,
          location.choose(SavedImage.read(tar)),
          new ImageIdentity(name(), location.reference(), List.of()));
    } catch (IOException | RuntimeException e) {
      tar.close();
      throw e;
    }
  }

  @Override
  public Sink openSink(String rest) throws IOException {
    var location = DockerArchiveLocation.parse(rest);
    var shown = name() + ":" + Quoted.escape(rest);
    if (location.position() >= 0) {
      throw new OciException(
          OciException.Category.USAGE,
          "write %s: a position can be read only; give a name".formatted(shown));
    }
    requireNew(location.path(), shown);
    var names = new ArrayList<Reference.Tagged>();
    if (location.reference() != null) {
      names.add(location.reference());
    }
    names.addAll(additionalTags);
    return DockerArchiveSink.of(shown, TarOutput.open(location.path(), MODE, temporary), names);
  }

  /// @throws OciException where the file is an archive already
  static void requireNew(Path archive, String shown) throws IOException {
    if (Files.isRegularFile(archive) && Files.size(archive) > 0) {
      throw new OciException(
          OciException.Category.USAGE,
          "write %s: docker-archive doesn't support modifying existing images".formatted(shown));
    }
  }

  /// The full names in the archive; an image without one as `@` and its position.
  @Override
  public List<String> tags(String rest) throws IOException {
    var tags = new ArrayList<String>();
    try (var tar = TarFile.open(DockerArchiveLocation.parse(rest).path(), temporary)) {
      var images = SavedImage.read(tar);
      for (int i = 0; i < images.size(); i++) {
        var named = images.get(i).repoTags();
        tags.addAll(named.isEmpty() ? List.of("@" + i) : named);
      }
    }
    return tags;
  }
}
