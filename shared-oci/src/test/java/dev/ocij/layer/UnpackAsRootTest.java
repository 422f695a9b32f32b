package dev.ocij.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.layer.UnpackRules.Whiteouts;
import dev.ocij.linux.Directory;
import dev.ocij.linux.FileStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("root")
class UnpackAsRootTest {
  /// `cap_net_raw+ep`.
  private static final byte[] CAPABILITY = {
    1, 0, 0, 2, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final Instant TIME = Instant.ofEpochSecond(1_600_000_000, 123_456_789);
  private static final Attributes ODD =
      new Attributes(
          06711,
          new Owner(1234, 2_000_000_000),
          TIME,
          Map.of("security.capability", CAPABILITY, "user.note", new byte[] {-1, -128, 0}));

  @TempDir Path tree;
  @AutoClose private Directory root;

  @BeforeEach
  void needs_root() throws IOException {
    root = Directory.open(tree);
    assumeTrue((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "not root");
  }

  @Test
  void gives_files_and_directories_all_their_attributes() throws IOException {
    var layer =
        Layer.of(layout -> {
          layout.directory("/d", Attributes.of(01750, new Owner(5, 6), TIME));
          layout.file("/d/inner", Attributes.FILE, "");
          layout.file("/f", ODD, "x");
          layout.add(Entry.symlink("l", Attributes.of(0777, new Owner(7, 8), TIME), "f"));
          layout.add(Entry.fifo("p", Attributes.of(0622, Owner.ROOT, TIME)));
        });
    unpack(layer, Ownership.REAL);
    assertStatus("d", 01750, 5, 6);
    assertStatus("f", 06711, 1234, 2_000_000_000);
    assertStatus("p", 0622, 0, 0);
    assertThat(status("l").uid()).isEqualTo(7);
    assertThat(status("l").mtime()).isEqualTo(TIME);
    assertThat(root.xattrs("f").get("security.capability")).isEqualTo(CAPABILITY);
    assertThat(root.xattrs("f").get("user.note")).isEqualTo(new byte[] {-1, -128, 0});
  }

  @Test
  void reads_back_what_it_unpacked() throws IOException {
    var layer =
        Layer.of(layout -> {
          layout.directory("/d", Attributes.DIRECTORY);
          layout.file("/d/f", ODD, "x");
          layout.hardLink("/d/g", "/d/f");
          layout.symlink("/l", "d");
        });
    unpack(layer, Ownership.REAL);
    var rules = new UnpackRules(Whiteouts.TRUSTED_OVERLAY, Ownership.REAL);
    var bytes = new ByteArrayOutputStream();
    try (var writer = new LayerWriter(bytes)) {
      TreeDiff.ofUpper(tree, rules, LayeredTree.EMPTY)
          .map(UnpackAsRootTest::asDescribed)
          .write(writer);
    }
    assertThat(bytes.toByteArray()).isEqualTo(layer.tar());
  }

  /// A hard link's own attributes are those of what it shares, whatever the tar said.
  private static Entry asDescribed(Entry entry) {
    return entry.type() == Entry.Type.HARDLINK ? entry.withAttributes(Attributes.FILE) : entry;
  }

  @Test
  void makes_marks_for_the_overlay() throws IOException {
    var layer =
        Layer.of(layout -> {
          layout.whiteout("/gone");
          layout.opaque("/d");
        });
    unpack(layer, Ownership.REAL);
    assertThat(status("gone").isOverlayWhiteout()).isTrue();
    assertThat(root.xattrs("d")).containsOnlyKeys("trusted.overlay.opaque");
  }

  @Test
  void never_sets_the_attributes_that_steer_overlays() throws IOException {
    var hostile =
        Attributes.FILE.withXattrs(
            Map.of(
                "trusted.overlay.redirect", "/etc".getBytes(UTF_8),
                "user.overlay.opaque", "y".getBytes(UTF_8),
                "user.ocij.owner", "1:1".getBytes(UTF_8)));
    unpack(Layer.of(layout -> layout.file("/f", hostile, "")), Ownership.REAL);
    assertThat(root.xattrs("f")).isEmpty();
  }

  @Test
  void records_owners_and_reads_them_back() throws IOException {
    var described = Attributes.of(0640, new Owner(1000, 50), TIME);
    unpack(Layer.of(layout -> layout.file("/f", described, "")), Ownership.RECORDED);
    assertThat(status("f").uid()).isZero();
    assertThat(root.xattrs("f").get("user.ocij.owner")).asString(UTF_8).isEqualTo("1000:50");
    var rules = new UnpackRules(Whiteouts.USER_OVERLAY, Ownership.RECORDED);
    assertThat(TreeDiff.ofUpper(tree, rules, LayeredTree.EMPTY).entries())
        .containsExactly(Entry.file("f", described, 0));
  }

  private void unpack(Layer layer, Ownership ownership) throws IOException {
    var unpacker = new Unpacker(new UnpackRules(Whiteouts.TRUSTED_OVERLAY, ownership));
    unpacker.unpack(layer.open(), tree);
  }

  private FileStatus status(String name) throws IOException {
    return root.status(name).orElseThrow();
  }

  private void assertStatus(String name, int mode, long uid, long gid) throws IOException {
    var status = status(name);
    assertThat(List.of((long) status.mode(), status.uid(), status.gid()))
        .containsExactly((long) mode, uid, gid);
    assertThat(status.mtime()).isEqualTo(TIME);
  }
}
