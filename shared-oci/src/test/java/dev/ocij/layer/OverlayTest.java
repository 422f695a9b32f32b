package dev.ocij.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.layer.UnpackRules.Whiteouts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The kernel's overlay is the judge: it must show the layers that we unpacked as [LayeredTree]
/// does, and what it leaves in the upper directory must become a layer that says the same.
@Tag("root")
@Tag("namespace")
class OverlayTest {
  private static final UnpackRules RULES = new UnpackRules(Whiteouts.USER_OVERLAY, Ownership.REAL);

  @TempDir Path temporary;
  private LayeredTree tree = LayeredTree.EMPTY;
  private String lower = "";

  @BeforeAll
  static void needs_root_and_overlays(@TempDir Path directory) throws Exception {
    assumeTrue(Files.isWritable(Path.of("/root")), "not root");
    var mount =
        "mkdir l u w m && mount -t overlay -o userxattr,lowerdir=l,upperdir=u,workdir=w o m";
    assumeTrue(run(directory, mount).exit() == 0, "no overlay in a user namespace");
  }

  @BeforeEach
  void unpack_two_layers() throws IOException {
    add(layout -> {
      layout.directory("/etc", Attributes.DIRECTORY.withMode(0711));
      layout.file("/etc/motd", Attributes.FILE, "hello");
      layout.file("/etc/gone", Attributes.FILE, "");
      layout.file("/opt/a/old", Attributes.FILE, "");
      layout.file("/again/old", Attributes.FILE, "");
      layout.symlink("/link", "etc");
      layout.file("/file", Attributes.FILE, "");
    });
    add(layout -> {
      layout.whiteout("/etc/gone");
      layout.directory("/etc", Attributes.DIRECTORY.withMode(0755));
      layout.file("/opt/a/new", Attributes.FILE, "");
      layout.opaque("/opt/a");
      layout.file("/again/new", Attributes.FILE, "");
      layout.whiteout("/again");
      layout.hardLink("/hard", "/again/new");
    });
  }

  @Test
  void shows_unpacked_layers_as_the_layered_tree_does() throws Exception {
    assertThat(overlay("true").lines()).containsExactlyElementsOf(listing(tree, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "echo x > etc/new",
        "rm etc/motd",
        "rm -r etc",
        "rm -r opt/a && mkdir opt/a && touch opt/a/z",
        "rm -r etc && mkdir -p etc/deep/er",
        "rm -r opt && echo file > opt",
        "rm link && mkdir link && touch link/x",
        "mv file renamed && ln renamed other",
        "mkfifo pipe && chmod 4755 etc/motd && chmod 1777 etc",
        "mkdir brand && touch brand/new"
      })
  void turns_an_upper_directory_into_the_layer_that_says_the_same(String script) throws Exception {
    var expected = overlay(script).lines().toList();
    var changes = TreeDiff.ofUpper(temporary.resolve("upper"), RULES, tree);
    var bytes = new ByteArrayOutputStream();
    try (var layer = new LayerWriter(bytes)) {
      changes.write(layer);
    }
    var changed = tree.with(new Layer(bytes.toByteArray()).part());
    assertThat(listing(changed, "")).isEqualTo(expected);
    assertThat(changes.entries()).extracting(Entry::name).doesNotContain(Whiteout.OPAQUE);
  }

  private void add(Consumer<Layout> description) throws IOException {
    var layer = Layer.of(description);
    var name = lower.isEmpty() ? "one" : "two";
    var directory = Files.createDirectory(temporary.resolve(name));
    new Unpacker(RULES).unpack(layer.open(), layer.diffId(), directory);
    lower = lower.isEmpty() ? name : name + ":" + lower;
    tree = tree.with(layer.part());
  }

  /// What the overlay shows after the script has run in it, a line for each name.
  private String overlay(String script) throws Exception {
    var mount =
        "mkdir upper work merged && mount -t overlay -o userxattr,lowerdir=%s,upperdir=upper,workdir=work o merged && cd merged && { %s; } && find . -mindepth 1 -printf '%%P %%m\\n' | LC_ALL=C sort"
            .formatted(lower, script);
    var ran = run(temporary, mount);
    assertThat(ran.exit()).as(ran.output()).isZero();
    return ran.output();
  }

  private static List<String> listing(LayeredTree tree, String directory) {
    return tree.list(directory).stream()
        .flatMap(entry ->
            Stream.concat(
                Stream.of("%s %o".formatted(entry.path(), entry.attributes().mode())),
                entry.isDirectory() ? listing(tree, entry.path()).stream() : Stream.of()))
        .sorted()
        .collect(Collectors.toList());
  }

  private record Ran(int exit, String output) {}

  private static Ran run(Path directory, String script) throws Exception {
    var process =
        new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "sh", "-ec", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }
}
