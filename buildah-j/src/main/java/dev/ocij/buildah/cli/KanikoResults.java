package dev.ocij.buildah.cli;

import dev.ocij.name.Reference;
import dev.ocij.spec.Digest;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.transport.ParentFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Where kaniko is told to leave its image, and what it is to tell of it.
final class KanikoResults {
  private final Supplier<List<String>> destinations;
  private final BooleanSupplier noPush;
  private final boolean neverPush;
  private final Supplier<Optional<String>> tarPath;
  private final Supplier<Optional<String>> layoutPath;
  private final Supplier<Optional<String>> digestFile;
  private final Supplier<Optional<String>> nameFile;
  private final Supplier<Optional<String>> tagFile;
  private final Supplier<Optional<String>> compression;
  private final Supplier<Optional<String>> level;
  private final BooleanSupplier ignoreImmutable;

  /// @param environment may say that nothing is pushed, too
  KanikoResults(Options options, Map<String, String> environment) {
    neverPush = Boolean.parseBoolean(environment.getOrDefault("KANIKO_NO_PUSH", "false"));
    destinations = options.texts("-d, --destination", "NAME", "where the image goes; repeat it");
    noPush = options.flag("--no-push", "push nothing");
    tarPath = options.text("--tar-path, --tarPath", "PATH", "write the image here, as a tar");
    layoutPath = options.text("--oci-layout-path", "DIR", "write the image here, as a layout");
    digestFile = options.text("--digest-file", "PATH", "write the image's digest here");
    nameFile = options.text("--image-name-with-digest-file", "PATH", "names@digest, one a line");
    tagFile =
        options.text("--image-name-tag-with-digest-file", "PATH", "names:tag@digest, one a line");
    compression = options.text("--compression", "gzip|zstd", "of layers that are pushed");
    level = options.text("--compression-level", "N", "its own scale");
    ignoreImmutable =
        options.flag("--push-ignore-immutable-tag-errors", "a tag that must stay is no failure");
  }

  /// Whether the image goes to registries.
  boolean isPushed() {
    return !noPush.getAsBoolean() && !neverPush;
  }

  /// Whether a push may end with this error.
  boolean isAccepted(String error) {
    return ignoreImmutable.getAsBoolean() && error.contains("immutable");
  }

  List<String> destinations() {
    return destinations.get();
  }

  /// @throws dev.ocij.spec.OciException where something needs a name and there is none
  void check() {
    if (!destinations.get().isEmpty()) {
      return;
    }
    if (isPushed()) {
      throw OrderedArguments.usage(
          "you must provide --destination, or use --no-push to push nothing");
    }
    if (nameFile.get().isPresent() || tagFile.get().isPresent()) {
      throw OrderedArguments.usage("you must provide --destination to have its name in a file");
    }
  }

  /// Where the image goes, as a push has it. Kaniko makes the folders above a layout.
  List<String> places() throws IOException {
    var places = new ArrayList<String>();
    if (isPushed()) {
      destinations.get().forEach(name -> places.add("docker://" + name));
    }
    if (layoutPath.get().isPresent()) {
      ParentFolder.make(Path.of(layoutPath.get().get()));
      places.add("oci:" + layoutPath.get().get());
    }
    tarPath.get().ifPresent(path -> places.add("docker-archive:" + path + tarName()));
    return places;
  }

  private String tarName() {
    return destinations.get().stream().findFirst().map(name -> ":" + name).orElse("");
  }

  /// How layers are compressed, in the words of a push.
  List<String> compression() {
    var words = new ArrayList<String>();
    compression
        .get()
        .ifPresent(format -> {
          words.add("--compression-format=" + format);
          words.add("--force-compression");
        });
    level
        .get()
        .filter(text -> !text.equals("-1"))
        .ifPresent(text -> {
          words.add("--compression-level=" + text);
        });
    return words;
  }

  /// Writes the files that tell of the image.
  void tell(Digest digest) throws IOException {
    write(digestFile, digest.toString());
    write(nameFile, lines(digest, false));
    write(tagFile, lines(digest, true));
  }

  private String lines(Digest digest, boolean tagged) {
    var lines = new StringBuilder();
    for (var name : destinations.get()) {
      var reference = Reference.parse(name);
      var shown = tagged ? reference.toString() : reference.repository().toString();
      lines.append(
          "%s@%s\n".formatted(shown.replaceFirst("^docker\\.io/", "index.docker.io/"), digest));
    }
    return lines.toString();
  }

  private static void write(Supplier<Optional<String>> file, String text) throws IOException {
    if (file.get().isPresent()) {
      ParentFolder.make(Path.of(file.get().get()));
      LocalFile.write(file.get().get(), text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
