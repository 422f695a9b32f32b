package dev.ocij.buildah.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's buildah as the judge, for the forms it knows: all but those without a colon, cuts and
/// replacements, and `${v:?m}`, which it gets wrong.
@Tag("tool")
@Tag("root")
class BuildahExpansionTest {
  private static final List<String> FORMS =
      List.of(
          "$a",
          "${a}b",
          "$none",
          "${none:-w}",
          "${empty:-w}",
          "${a:-w}",
          "${a:+w}",
          "${none:+w}",
          "${none:-${a}x}",
          "'$a'",
          "\"$a b\"",
          "\\$a",
          "\"\\$a\"",
          "a\\ b",
          "\"it's $a\"",
          "$a$a-$a",
          "\"a\\\\b\"");

  @Test
  void expands_the_same(@TempDir Path folder) throws IOException {
    Require.root();
    var buildah = Tool.required("buildah");
    var text = new StringBuilder("FROM scratch\nENV a=1 empty=\"\"\n");
    for (int i = 0; i < FORMS.size(); i++) {
      text.append("LABEL l%d=%s\n".formatted(i, FORMS.get(i)));
    }
    Files.writeString(folder.resolve("Containerfile"), text);
    var store =
        List.of(
            "--root=" + folder.resolve("root"),
            "--runroot=" + folder.resolve("run"),
            "--storage-driver=vfs");
    buildah.run(with(store, "bud", "--isolation=chroot", "-t", "x", folder.toString())).succeeded();
    var labels = labels(buildah.output(with(store, "inspect", "--type=image", "x")));
    var ours = new Expansion('\\', Variables.of(Map.of("a", "1", "empty", "")));
    for (int i = 0; i < FORMS.size(); i++) {
      var form = FORMS.get(i);
      assertThat(ours.word(source(form))).as(form).isEqualTo(labels.path("l" + i).asText());
    }
  }

  private static JsonNode labels(String inspected) {
    return Json.readTree(inspected.getBytes(StandardCharsets.UTF_8), "inspect")
        .at("/OCIv1/config/Labels");
  }

  private static String[] with(List<String> store, String... more) {
    return Stream.concat(store.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private static SourceText source(String text) {
    return SourceText.of(new SourceFile("f", text), 0, text.length());
  }
}
