package dev.ocij.buildah.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Debian's buildah as the judge: what it copies of a context is what we see of it. Left out is
/// what it gets wrong: with `*` and `!**/k` it copies nothing, where Docker and we copy each `k`.
@Tag("tool")
@Tag("root")
class BuildahIgnoreTest {
  private static final String[] FILES = {
    "a.o",
    "b.c",
    "d/a.o",
    "d/e/a.o",
    "d/e/k",
    "d/k",
    "node/x/y",
    "node/keep",
    "[z]",
    "Containerfile"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*.o",
        "**/*.o",
        "d",
        "d/",
        "/d/e",
        "d/*",
        "*/e",
        "node\n!node/keep",
        "*\n!d/e",
        "**/e\n!d/e/k",
        "d\n!d\nd/k",
        "# c\n\n b.c ",
        "[a-b].*",
        "[^a].c",
        "\\[z]",
        "d/**",
        "**/k",
        "./b.c\n!./d/../b.c",
        "?.o",
        ".",
        "/",
        "../b.c",
        "d/..",
        "**k",
        "d/**k",
        "d**",
        "d/**/",
        "/**/k",
        "*\n!d/e/k\nd/e",
        "**\n!d",
        "node\n!node/x/.."
      })
  void leaves_out_the_same(String ignored, @TempDir Path folder) throws IOException {
    Require.root();
    var buildah = Tool.required("buildah");
    var context = fill(folder.resolve("context"), ignored);
    var out = folder.resolve("out");
    buildah
        .run(
            "--root=" + folder.resolve("root"),
            "--runroot=" + folder.resolve("run"),
            "--storage-driver=vfs",
            "bud",
            "--isolation=chroot",
            "--output=type=local,dest=" + out,
            context.toString())
        .succeeded();
    var ours = BuildContext.open(context, IgnoreFile.read(context.resolve(".dockerignore")));
    assertThat(ContextListing.of(ours)).isEqualTo(listing(out));
  }

  private static Path fill(Path context, String ignored) throws IOException {
    for (var name : FILES) {
      var file = context.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    Files.writeString(context.resolve("Containerfile"), "FROM scratch\nCOPY . /\n");
    Files.writeString(context.resolve(".dockerignore"), ignored);
    return context;
  }

  private static String listing(Path out) throws IOException {
    return ContextListing.of(BuildContext.open(out, IgnoreFile.NONE));
  }
}
