package dev.ocij.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpawnCodeTest {
  @Test
  @Tag("tool")
  void its_bytes_are_its_source_assembled(@TempDir Path folder) throws IOException {
    assertThat(hex(SpawnCode.X86_64.bytes()))
        .isEqualTo(hex(assembled(folder, SpawnCode.X86_64.source())));
  }

  @Test
  @Tag("tool")
  void so_are_the_bytes_of_a_trampoline(@TempDir Path folder) throws IOException {
    assertThat(hex(SpawnCode.X86_64.trampoline()))
        .isEqualTo(hex(assembled(folder, SpawnCode.X86_64.trampolineSource())));
  }

  private static byte[] assembled(Path folder, String text) throws IOException {
    var source = Files.writeString(folder.resolve("spawn.s"), text);
    var object = folder.resolve("spawn.o").toString();
    var binary = folder.resolve("spawn.bin");
    Tool.required("as").run("--64", "-o", object, source.toString()).succeeded();
    Tool.required("objcopy")
        .run("-O", "binary", "-j", ".text", object, binary.toString())
        .succeeded();
    return Files.readAllBytes(binary);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
