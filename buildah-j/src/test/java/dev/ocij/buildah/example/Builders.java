package dev.ocij.buildah.example;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Run;
import dev.ocij.testing.TemporaryFolder;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Our builder and Debian's, each with a store of its own that holds the base image, built by ours.
final class Builders implements AutoCloseable {
  private static final Duration SCRIPT = Duration.ofMinutes(10);

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

  /// A script with our tool under the name of the peer's.
  ///
  /// @param folder of the script, which is copied first
  /// @param image where the script leaves an image, in a folder
  Outcome ourScript(Path folder, String image) throws IOException {
    var options = List.of("--root=" + place("ours"));
    return script("ours", folder, Launcher.BUILDAH_J.script(), options, image);
  }

  /// The same script with the peer's tool.
  Outcome theirScript(Path folder, String image) throws IOException {
    return script("theirs", folder, buildah.program(), theirOptions(), image);
  }

  private Outcome script(String name, Path folder, Path program, List<String> options, String image)
      throws IOException {
    var copy = folder().resolve(name + "-script");
    Tool.required("cp").run("-a", folder.toString(), copy.toString()).succeeded();
    var bin = Files.createDirectory(folder().resolve(name + "-bin"));
    var wrapper =
        Files.writeString(
            bin.resolve("buildah"),
            "#!/bin/sh\nexec %s %s \"$@\"\n".formatted(program, String.join(" ", options)));
    Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Run.of(List.of("sh", copy.resolve("build.sh").toString(), place(image)))
        .with(Map.of("PATH", bin + ":" + System.getenv("PATH"), "BUILDAH_ISOLATION", "chroot"))
        .within(SCRIPT)
        .outcome();
  }

  private Path folder() {
    return folder.path();
  }

  /// What a script left.
  BuiltImage image(String name) {
    return new BuiltImage(folder().resolve(name));
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
    var whole = new ArrayList<>(theirOptions());
    whole.addAll(line);
    return buildah.output(whole.toArray(String[]::new));
  }

  private List<String> theirOptions() {
    return List.of(
        "--root=" + place("theirs"), "--runroot=" + place("run"), "--storage-driver=vfs");
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
