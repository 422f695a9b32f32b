package dev.ocij.buildah.context;

import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.TarFile;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.image.Compression;
import dev.ocij.layer.UnpackRules;
import dev.ocij.layer.Unpacker;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens what a caller names as a build context: a directory, an archive or a repository of the
/// web, or what comes on standard input.
///
/// @param downloads whose folders hold what is not here already
public record Contexts(Downloads downloads) {
  private static final String STANDARD_INPUT = "-";
  private static final String GITHUB = "github.com/";
  private static final long LARGEST_TEXT = 16 << 20;

  /// A context as files of this machine.
  ///
  /// @param containerfile what was in the place of a context; the directory is empty then, and null
  ///   else
  /// @param elsewhere whether it came from elsewhere, so that paths are relative to it alone
  public record Opened(Path directory, @Nullable Containerfile containerfile, boolean elsewhere) {}

  /// @param input what `-` stands for
  public Opened open(String place, InputStream input) throws IOException {
    if (place.equals(STANDARD_INPUT)) {
      var file = downloads.newFolder().resolve("stdin");
      Files.copy(input, file);
      return unpacked(file, "<stdin>");
    }
    var git = git(place);
    if (git.isPresent()) {
      return new Opened(downloads.git(git.get()).folder(), null, true);
    }
    return Downloads.isWeb(place)
        ? unpacked(downloads.file(place), place)
        : new Opened(Path.of(place), null, false);
  }

  /// A context to copy from, without what its own ignore file leaves out.
  public CopySource tree(String place) throws IOException {
    var opened = open(place, InputStream.nullInputStream());
    if (opened.containerfile() != null) {
      throw new OciException(
          OciException.Category.INVALID,
          "open build context %s: neither an archive nor a Git repository"
              .formatted(Quoted.of(place)));
    }
    var ignored = IgnoreFile.find(null, opened.directory()).map(IgnoreFile::read);
    return BuildContext.open(opened.directory(), ignored.orElse(IgnoreFile.NONE));
  }

  private static Optional<GitAddress> git(String place) {
    return place.startsWith(GITHUB) && !Files.exists(Path.of(place))
        ? GitAddress.parse("https://" + withSuffix(place))
        : GitAddress.parse(place);
  }

  /// GitHub knows its repositories with and without it.
  private static String withSuffix(String place) {
    return place.replaceFirst("^([^/]+/[^/]+/[^/#?]+?)(?:\\.git)?/?([#?].*)?$", "$1.git$2");
  }

  private Opened unpacked(Path file, String name) throws IOException {
    var folder = downloads.newFolder();
    if (TarFile.isTar(() -> Compression.decompressAny(Files.newInputStream(file)))) {
      try (var tar = Compression.decompressAny(Files.newInputStream(file))) {
        new Unpacker(UnpackRules.ofThisProcess()).unpack(tar, folder);
      }
      return new Opened(folder, null, true);
    }
    if (Files.size(file) > LARGEST_TEXT) {
      throw new OciException(
          OciException.Category.INVALID,
          "open build context %s: neither an archive nor a Containerfile"
              .formatted(Quoted.of(name)));
    }
    return new Opened(folder, Containerfile.parse(name, Files.readAllBytes(file)), true);
  }
}
