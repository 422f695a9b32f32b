package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PauseProgramTest {

  @TempDir Path folder;

  @Test
  @Tag("tool")
  void its_code_is_its_source_assembled() throws IOException {
    var source = Files.writeString(folder.resolve("pause.s"), PauseProgram.X86_64.source());
    var object = folder.resolve("pause.o").toString();
    var binary = folder.resolve("pause.bin");
    Tool.required("as").run("--64", "-o", object, source.toString()).succeeded();
    Tool.required("objcopy")
        .run("-O", "binary", "-j", ".text", object, binary.toString())
        .succeeded();
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(binary)))
        .isEqualTo(HexFormat.of().formatHex(PauseProgram.X86_64.code()));
  }

  @Test
  void it_runs_until_it_is_told_to_end() throws Exception {
    var program = Files.write(folder.resolve("pause"), PauseProgram.here().file());
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    var process = new ProcessBuilder(program.toString()).start();
    assertThat(process.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
    process.destroy();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
