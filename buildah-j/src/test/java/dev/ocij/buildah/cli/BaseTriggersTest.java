package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stages that an image's ONBUILD names. Nobody knows of them before the image is there.
class BaseTriggersTest {
  @TempDir private Path folder;
  private BuiltFiles built;

  @BeforeEach
  void prepare() throws IOException {
    built = new BuiltFiles(folder);
    Files.writeString(built.context().resolve("f"), "content");
    built.run("FROM scratch", "ONBUILD COPY --from=made /f /got").succeeded();
    built.runOf("-t", "base", built.context().toString()).succeeded();
  }

  @Test
  void one_that_nothing_else_needs_is_built() throws IOException {
    assertThat(built.names("FROM scratch AS made", "COPY f /f", "FROM base"))
        .containsExactly("got");
  }

  @Test
  void one_that_others_need_is_awaited() throws IOException {
    assertThat(
            built.names(
                "FROM scratch AS made",
                "COPY f /f",
                "FROM base AS other",
                "COPY --from=made /f /own",
                "FROM base",
                "COPY --from=other /own /g"))
        .containsExactly("got", "g");
  }

  @Test
  void one_that_needs_this_one_is_told() throws IOException {
    assertThat(built.run("FROM base AS first", "FROM first AS made", "COPY f /f").failed().stderr())
        .contains("stages need one another: \"made\" needs \"first\" needs \"made\"");
  }
}
