package dev.ocij.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.image.Compression;
import dev.ocij.spec.OciException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExpansionLimitTest {
  private static final int GIB_IN_MIB = 1 << 10;

  @Test
  void stops_a_small_layer_that_unpacks_to_more_than_a_gigabyte() throws IOException {
    var bomb = new ByteArrayOutputStream();
    try (var gzip = Compression.GZIP.compress(bomb, 1)) {
      var zeros = new byte[1 << 20];
      gzip.write(new RawTar().header("zeros", '0', "10000000000", "").bytes());
      for (int i = 0; i < GIB_IN_MIB; i++) {
        gzip.write(zeros);
      }
    }
    try (var plain = Compression.decompressAny(new ByteArrayInputStream(bomb.toByteArray()))) {
      var limited = ExpansionLimit.of(plain, bomb.size());
      assertThatThrownBy(() -> TarIndex.read(limited))
          .isInstanceOf(OciException.class)
          .hasMessageContaining("more than 1073741824 bytes");
    }
  }

  @Test
  void lets_what_is_in_proportion_pass() throws IOException {
    var limited = ExpansionLimit.ofBytes(new ByteArrayInputStream(new byte[100]), 100);
    limited.skipNBytes(40);
    assertThat(limited.readAllBytes()).hasSize(60);
  }

  @Test
  void counts_what_is_skipped() {
    var limited = ExpansionLimit.ofBytes(new ByteArrayInputStream(new byte[101]), 100);
    assertThatThrownBy(() -> limited.skipNBytes(101)).isInstanceOf(OciException.class);
  }

  @Test
  void reads_all_members_of_a_gzip_file() throws IOException {
    var tar = new RawTar().file("a", "x").file("b", "y").end();
    var gzipped = new ByteArrayOutputStream();
    for (int i = 0; i < tar.length; i += 700) {
      try (var member = Compression.GZIP.compress(gzipped, 1)) {
        member.write(tar, i, Math.min(700, tar.length - i));
      }
    }
    try (var plain = Compression.decompressAny(new ByteArrayInputStream(gzipped.toByteArray()))) {
      assertThat(TarIndex.read(plain).root().children()).containsOnlyKeys("a", "b");
    }
  }
}
