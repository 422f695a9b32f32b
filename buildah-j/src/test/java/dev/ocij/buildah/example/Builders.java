package dev.ocij.buildah.example;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Run;
import dev.ocij.testing.TemporaryFolder;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Our builder and Debian's, each with a store of its own that holds the base image, built by ours.
final class Builders implements AutoCloseable {
  private final TemporaryFolder folder;
  private final Tool buildah = Tool.required("buildah");

  private Builders(TemporaryFolder folder) {
    this.folder = folder;
  }

  static Builders open() throws IOException {
    var builders = new Builders(TemporaryFolder.create("examples"));
    try {
      builders.prepare();
      return builders;
    } catch (IOException | RuntimeException | Error e) {
      builders.close();
      throw e;
    }
  }

  private void prepare() throws IOException {
    var busybox = Busybox.required();
    Tool.required("cp")
        .run("-a", new Example("busybox").folder().toString(), place("base"))
        .succeeded();
    Files.copy(
        busybox.program(), Path.of(place("base"), "busybox"), StandardCopyOption.COPY_ATTRIBUTES);
    addBase(Path.of(place("base")), Example.BASE);
  }

  /// Builds an image with our builder, for both to begin with.
  void addBase(Path context, String name) {
    var image = "dir:" + place("image-" + name.replace('/', '-'));
    run(ours("build", "-t", name, "-t", image, context.toString()));
    var id = buildah(List.of("pull", "-q", image)).strip();
    buildah(List.of("tag", id, name));
  }

  /// What our builder makes of an example.
  BuiltImage ours(Example example) {
    var image = place("ours-" + example);
    run(ours(example.line(List.of("build", "-t", "dir:" + image), context(example))));
    return new BuiltImage(Path.of(image));
  }

  /// The id of what our builder makes of an example, each time anew, at a time that is given.
  String idAtTheSameTime(Example example) {
    var options = List.of("build", "-q", "--no-cache", "--timestamp=1000000000");
    return Run.of(ours(example.line(options, context(example)))).outcome().succeeded().stdout();
  }

  /// What Debian's buildah makes of it.
  BuiltImage theirs(Example example) {
    var image = place("theirs-" + example);
    var options = List.of("bud", "--isolation=chroot", "--iidfile=" + place("id"));
    buildah(List.of(example.line(options, context(example))));
    var format = example.isDocker() ? "v2s2" : "oci";
    try {
      var id = Files.readString(Path.of(place("id")));
      buildah(List.of("push", "-q", "--format=" + format, id, "dir:" + image));
    } catch (IOException e) {
      throw new UncheckedIOException("read the id of an image", e);
    }
    return new BuiltImage(Path.of(image));
  }

  private String context(Example example) {
    return example.isBase() ? place("base") : example.folder().toString();
  }

  private List<String> ours(String... line) {
    return Stream.concat(
            Stream.of(Launcher.BUILDAH_J.script().toString(), "--root=" + place("ours")),
            Stream.of(line))
        .toList();
  }

  private String buildah(List<String> line) {
    var whole = new ArrayList<String>();
    whole.add("--root=" + place("theirs"));
    whole.add("--runroot=" + place("run"));
    whole.add("--storage-driver=vfs");
    whole.addAll(line);
    return buildah.output(whole.toArray(String[]::new));
  }

  private static void run(List<String> line) {
    Run.of(line).outcome().succeeded();
  }

  private String place(String name) {
    return folder.path().resolve(name).toString();
  }

  @Override
  public void close() {
    folder.close();
  }
}
