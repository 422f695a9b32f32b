package dev.ocij.layer;

import static dev.ocij.layer.Attributes.DIRECTORY;
import static dev.ocij.layer.Attributes.FILE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CombinedLayerTest {
  private static final LayeredTree BASE =
      tree(layout -> {
        layout.directory("/etc", DIRECTORY.withMode(0700));
        layout.file("/etc/passwd", FILE, "root");
        layout.file("/etc/motd", FILE, "hello");
        layout.file("/var/lib/a/one", FILE, "1");
        layout.file("/var/lib/a/two", FILE, "2");
        layout.file("/var/lib/b", FILE, "b");
      });

  /// Layers, and the names of the entries that one layer of the same effect has.
  record Case(String entries, List<Consumer<Layout>> layers) {}

  static List<Case> cases() {
    return List.of(
        new Case("etc etc/issue", List.of(l -> l.file("/etc/issue", FILE, "x"))),
        // What is added and removed again leaves nothing.
        new Case("", List.of(l -> l.file("/secret", FILE, "x"), l -> l.whiteout("/secret"))),
        new Case(
            "etc etc/.wh.motd",
            List.of(l -> l.file("/etc/motd", FILE, "x"), l -> l.whiteout("/etc/motd"))),
        new Case(
            "etc etc/motd",
            List.of(l -> l.whiteout("/etc/motd"), l -> l.file("/etc/motd", FILE, "again"))),
        // A directory that is made anew hides what was in it, whatever comes later.
        new Case(
            "var var/lib var/lib/a var/lib/a/new var/lib/a/.wh.one var/lib/a/.wh.two",
            List.of(
                l -> l.whiteout("/var/lib/a"),
                l -> l.directory("/var/lib/a", DIRECTORY),
                l -> l.file("/var/lib/a/new", FILE, "n"))),
        new Case(
            "var var/lib var/lib/a var/lib/a/.wh.one var/lib/a/two",
            List.of(
                l -> {
                  l.directory("/var/lib/a", DIRECTORY);
                  l.opaque("/var/lib/a");
                },
                l -> l.file("/var/lib/a/two", FILE, "other"))),
        new Case(
            "etc var var/lib",
            List.of(
                l -> l.file("/etc/motd", FILE, "x"),
                l -> l.whiteout("/etc"),
                l -> l.symlink("/etc", "var"),
                l -> l.file("/var/lib/new", FILE, "x"),
                l -> l.whiteout("/var/lib"),
                l -> l.symlink("/var/lib", "elsewhere"))),
        // Names of one file stay so.
        new Case(
            "one two",
            List.of(
                l -> {
                  l.file("/one", FILE, "same");
                  l.hardLink("/two", "/one");
                },
                l -> {
                  l.file("/three", FILE, "x");
                  l.hardLink("/four", "/three");
                },
                l -> {
                  l.whiteout("/three");
                  l.whiteout("/four");
                })));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void has_the_same_effect(Case each) throws IOException {
    var whole = BASE;
    var parts = each.layers().stream().map(layout -> Layer.of(layout).part()).toList();
    for (var part : parts) {
      whole = whole.with(part);
    }
    var combined = combined(parts);
    assertThat(shown(BASE.with(combined.part()), "")).isEqualTo(shown(whole, ""));
    assertThat(names(combined)).containsExactlyInAnyOrder(each.entries().split(" "));
  }

  private static Layer combined(List<LayeredTree.Part> parts) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new LayerWriter(bytes)) {
      CombinedLayer.write(BASE, parts, entry -> entry, writer);
    }
    return new Layer(bytes.toByteArray());
  }

  private static List<String> names(Layer layer) throws IOException {
    var names = new ArrayList<String>();
    var reader = new TarReader(layer.open());
    for (var entry = reader.next(); entry != null; entry = reader.next()) {
      names.add(entry.path());
    }
    return names.isEmpty() ? List.of("") : names;
  }

  private static List<String> shown(LayeredTree tree, String directory) throws IOException {
    var shown = new ArrayList<String>();
    for (var entry : tree.list(directory)) {
      try (var content = entry.isFile() ? tree.open(entry) : InputStream.nullInputStream()) {
        shown.add(entry + " " + new String(content.readAllBytes(), StandardCharsets.UTF_8));
      }
      shown.addAll(shown(tree, entry.path()));
    }
    return shown;
  }

  private static LayeredTree tree(Consumer<Layout> layout) {
    return LayeredTree.of(List.of(Layer.of(layout).part()));
  }
}
