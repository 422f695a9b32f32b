package dev.ocij.buildah.context;

import dev.ocij.buildah.context.cloud.CloudObject;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.TarFile;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.image.Compression;
import dev.ocij.layer.UnpackRules;
import dev.ocij.layer.Unpacker;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
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

  /// Between an archive and the folder in it, as with a repository that has no reference.
  private static final String FOLDER = "#:";

  private static final long LARGEST_TEXT = 16 << 20;

  /// Owners in a build context mean nothing, and not everybody may give files away.
  private static final UnpackRules RULES =
      new UnpackRules(UnpackRules.Whiteouts.APPLIED, UnpackRules.Ownership.RECORDED);

  /// A context as files of this machine.
  ///
  /// @param containerfile what was in the place of a context, null else; the directory is empty
  ///   then, or that of a file of this machine
  /// @param elsewhere whether it came from elsewhere, so that paths are relative to it alone
  /// @param keepsGitDir false where it is a repository whose `.git` is not to copy
  public record Opened(
      Path directory,
      @Nullable Containerfile containerfile,
      boolean elsewhere,
      boolean keepsGitDir) {
    public Opened(Path directory, @Nullable Containerfile containerfile, boolean elsewhere) {
      this(directory, containerfile, elsewhere, true);
    }

    /// With the `.git` of a repository, too.
    public Opened keepingGitDir() {
      return new Opened(directory, containerfile, elsewhere, true);
    }

    /// The files to copy from.
    public BuildContext without(IgnoreFile ignored) {
      return BuildContext.open(
          directory, keepsGitDir ? ignored : ignored.with(GitCheckout.GIT_DIRS));
    }

    /// A file of the context that this program reads itself, not for an image.
    ///
    /// @throws OciException where the context came from elsewhere and its file is a link to outside
    ///   of it, or no plain file
    public Path checked(Path file) {
      try {
        if (elsewhere
            && Files.exists(file)
            && !(file.toRealPath().startsWith(directory.toRealPath())
                && Files.isRegularFile(file))) {
          throw new OciException(
              OciException.Category.INVALID,
              "read %s of the build context: a link to outside of it, or no plain file"
                  .formatted(Quoted.escape(directory.relativize(file).toString())));
        }
        return file;
      } catch (IOException e) {
        throw new OciException(
            OciException.Category.IO, "read %s: %s".formatted(file, Reason.of(e)), e);
      }
    }

    /// What its own ignore file leaves out.
    ///
    /// @param containerfile null where it is no file
    public IgnoreFile ignored(@Nullable Path containerfile) {
      return IgnoreFile.find(containerfile, directory)
          .map(this::checked)
          .map(IgnoreFile::read)
          .orElse(IgnoreFile.NONE);
    }
  }

  /// @param place of an archive also with `#:` and a folder in it at its end
  /// @param input what `-` stands for
  public Opened open(String place, InputStream input) throws IOException {
    int hash = place.indexOf(FOLDER);
    if (hash < 0 || git(place).isPresent() || Files.exists(Path.of(place))) {
      return whole(place, input);
    }
    var archive = place.substring(0, hash);
    return folder(whole(archive, input), archive, place.substring(hash + FOLDER.length()));
  }

  /// A folder of an archive; a link leads to another one of it alone.
  private static Opened folder(Opened whole, String archive, String folder) throws IOException {
    if (!whole.elsewhere() || whole.containerfile() != null) {
      throw new OciException(
          OciException.Category.USAGE,
          "open build context %s: it is no archive; name the folder itself"
              .formatted(Quoted.of(archive)));
    }
    var found =
        BuildContext.open(whole.directory(), IgnoreFile.NONE)
            .follow(folder)
            .filter(entry -> entry.isDirectory())
            .orElseThrow(() ->
                new OciException(
                    OciException.Category.NOT_FOUND,
                    "open build context %s: there is no folder %s in it"
                        .formatted(Quoted.of(archive), Quoted.of(folder))));
    return new Opened(whole.directory().resolve(found.path()), null, true);
  }

  private Opened whole(String place, InputStream input) throws IOException {
    if (place.equals(STANDARD_INPUT)) {
      var file = downloads.newFolder().resolve("stdin");
      Files.copy(input, file);
      return unpacked(file, "<stdin>");
    }
    var git = git(place);
    if (git.isPresent()) {
      boolean keeps = Boolean.TRUE.equals(git.get().keepGitDir());
      return new Opened(downloads.git(git.get()).folder(), null, true, keeps);
    }
    return Downloads.isWeb(place) || CloudObject.parse(place).isPresent()
        ? unpacked(downloads.context(place), withoutQuery(place))
        : local(Path.of(place));
  }

  /// Without what may be a secret.
  private static String withoutQuery(String place) {
    return place.replaceFirst("[?].*", "");
  }

  /// An archive is what it holds; any other file in the place of a context is its Containerfile, as
  /// buildah has it.
  private Opened local(Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      if (TarFile.isTar(() -> Compression.decompressAny(Files.newInputStream(place)))) {
        return unpacked(place, place.toString());
      }
      return new Opened(place.resolveSibling(""), Containerfile.read(place), false);
    }
    if (!Files.exists(place)) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "open build context %s: no such file or directory"
              .formatted(Quoted.of(place.toString())));
    }
    return new Opened(place, null, false);
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
    return opened.without(opened.ignored(null));
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
        new Unpacker(RULES).unpack(tar, folder);
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
