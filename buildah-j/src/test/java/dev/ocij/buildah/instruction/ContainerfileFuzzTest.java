package dev.ocij.buildah.instruction;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ocij.buildah.text.Containerfile;
import dev.ocij.buildah.text.ContainerfileException;
import dev.ocij.buildah.text.Expansion;
import dev.ocij.buildah.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a Containerfile holds, nothing but [ContainerfileException] comes out.
class ContainerfileFuzzTest {
  private static final Path FOLDER = Path.of("src/test/resources/containerfiles");
  private static final int RUNS = 40_000;
  private static final List<String> PIECES =
      List.of(
          "\\",
          "\n",
          "\\\n",
          "\"",
          "'",
          "$",
          "${",
          "}",
          "<<EOF",
          "EOF\n",
          "--",
          "=",
          "[",
          "]",
          ",",
          "#",
          "\t",
          "\r\n",
          "\0",
          "\uFEFF",
          "`",
          ":-",
          "//",
          "%%",
          "RUN ",
          "ONBUILD ",
          "--mount=",
          "type=",
          "\ud83d",
          "FROM ",
          "99999999999999999999",
          "%s",
          "ARG a=");

  @Test
  void only_its_own_exception_comes_out() throws IOException {
    var examples = new ArrayList<String>();
    for (var name : GoldenTest.examples()) {
      examples.add(Files.readString(FOLDER.resolve(name)));
    }
    var random = new Random(20260101);
    for (int run = 0; run < RUNS; run++) {
      var text = mutated(examples.get(random.nextInt(examples.size())), random);
      assertThatCode(() -> read(text)).as(text).doesNotThrowAnyException();
    }
  }

  private static void read(String text) {
    try {
      var file = Containerfile.parse("Containerfile", text);
      var expansion =
          new Expansion(file.directives().escape(), name -> name.length() > 3 ? null : name);
      for (var line : file.lines()) {
        expand(expansion, line.text());
      }
      Instruction.parseAll(file);
    } catch (ContainerfileException e) {
      e.at().excerpt();
    }
  }

  private static void expand(Expansion expansion, SourceText text) {
    try {
      expansion.words(text);
      expansion.document(text);
    } catch (ContainerfileException e) {
      e.at().excerpt();
    }
  }

  private static String mutated(String text, Random random) {
    var changed = new StringBuilder(text);
    for (int i = random.nextInt(6); i >= 0; i--) {
      int at = random.nextInt(changed.length() + 1);
      int end = Math.min(changed.length(), at + random.nextInt(8));
      switch (random.nextInt(4)) {
        case 0 -> changed.delete(at, end);
        case 1 -> changed.insert(at, changed.substring(at, end));
        case 2 -> changed.insert(at, (char) random.nextInt(256));
        default -> changed.insert(at, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return changed.toString();
  }
}
