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
    var source = Files.writeString(folder.resolve("spawn.s"), SpawnCode.X86_64.source());
    var object = folder.resolve("spawn.o").toString();
    var binary = folder.resolve("spawn.bin");
    Tool.required("as").run("--64", "-o", object, source.toString()).succeeded();
    Tool.required("objcopy")
        .run("-O", "binary", "-j", ".text", object, binary.toString())
        .succeeded();
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(binary)))
        .isEqualTo(HexFormat.of().formatHex(SpawnCode.X86_64.bytes()));
  }
}
