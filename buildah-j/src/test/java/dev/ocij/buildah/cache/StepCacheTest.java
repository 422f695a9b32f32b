package dev.ocij.buildah.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepCacheTest {
  private static final CacheKey BASE = CacheKey.base(digest("base"));

  @TempDir Path directory;
  private StepCache cache;

  @BeforeEach
  void open() {
    cache = new StepCache(directory.resolve("steps"));
  }

  @Test
  void finds_what_was_put() {
    var key = BASE.then("RUN true", List.of());
    var step =
        new CachedStep(
            List.of(Descriptor.of(MediaType.OCI_LAYER, digest("tar"), 7)),
            Instant.ofEpochSecond(7));

    cache.put(key, step);

    assertThat(cache.find(key, _ -> false)).contains(step);
    assertThat(cache.find(BASE, _ -> false)).isEmpty();
  }

  @Test
  void knows_what_was_noted_and_finds_nothing_there() {
    cache.note(BASE);

    assertThat(cache.knows(BASE)).isTrue();
    assertThat(cache.find(BASE, _ -> false)).isEmpty();
    assertThat(cache.knows(BASE.then("RUN true", List.of()))).isFalse();
  }

  @Test
  void takes_a_damaged_record_for_a_miss() throws IOException {
    Files.createDirectories(cache.directory());
    Files.writeString(cache.directory().resolve(BASE.value().hex()), "{\"layer\":");

    assertThat(cache.find(BASE, _ -> false)).isEmpty();
  }

  @Test
  void changes_with_everything_a_step_depends_on() {
    var key = BASE.then("COPY a /", List.of(digest("a")));

    assertThat(
            List.of(
                CacheKey.base(digest("other")).then("COPY a /", List.of(digest("a"))),
                BASE.then("COPY b /", List.of(digest("a"))),
                BASE.then("COPY a /", List.of(digest("b"))),
                BASE.then("COPY a /", List.of(digest("a"), digest("a"))),
                key.then("COPY a /", List.of(digest("a")))))
        .doesNotHaveDuplicates()
        .doesNotContain(key);
  }

  private static Digest digest(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8));
  }
}
