package dev.ocij.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.layer.UnpackRules.Whiteouts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Unpacks in a second JVM, which is root of a user namespace with one id only.
@Tag("namespace")
class UnpackInNamespaceTest {
  @TempDir Path temporary;

  /// The second JVM: unpacks the first argument into the second.
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
      var rules = new UnpackRules(Whiteouts.USER_OVERLAY, Ownership.RECORDED);
      try (var tar = Files.newInputStream(Path.of(arguments[0]))) {
        new Unpacker(rules).unpack(tar, Path.of(arguments[1]));
      }
    }
  }

  @BeforeAll
  static void needs_user_namespaces() throws Exception {
    assumeTrue(run(List.of("true")).isEmpty(), "no user namespaces here");
  }

  @Test
  void records_devices_and_owners() throws Exception {
    var owned = Attributes.FILE.withOwner(new Owner(1000, 50));
    var layer =
        Layer.of(layout -> {
          layout.file("/f", owned, "x");
          layout.add(Entry.device("sda", Entry.Type.BLOCK, owned, new Device(8, 0)));
          layout.add(Entry.symlink("l", owned, "f"));
          layout.whiteout("/gone");
          layout.opaque("/d");
        });
    var tar = Files.write(temporary.resolve("layer.tar"), layer.tar());
    var tree = Files.createDirectory(temporary.resolve("tree"));
    assertThat(unpack(tar, tree)).isEmpty();
    assertThat(tree.resolve("sda")).isEmptyFile();
    var rules = new UnpackRules(Whiteouts.USER_OVERLAY, Ownership.RECORDED);
    assertThat(TreeDiff.ofUpper(tree, rules, LayeredTree.EMPTY).entries())
        .contains(Entry.file("f", owned, 1))
        .contains(Entry.device("sda", Entry.Type.BLOCK, owned, new Device(8, 0)))
        .contains(Entry.symlink("l", Attributes.FILE.withMode(0777), "f"))
        .extracting(Entry::path)
        .containsExactly(".wh.gone", "d", "f", "l", "sda");
  }

  private static String unpack(Path tar, Path tree) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("java.class.path");
    return run(
        List.of(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-cp",
            classPath,
            Main.class.getName(),
            tar.toString(),
            tree.toString()));
  }

  private static String run(List<String> command) throws Exception {
    var inside = new ArrayList<>(List.of("unshare", "--user", "--map-root-user"));
    inside.addAll(command);
    var process = new ProcessBuilder(inside).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
