package dev.ocij.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RootFsTest {
  private static final Digest A = Digest.parse("sha256:" + "a".repeat(64));
  private static final Digest B = Digest.parse("sha256:" + "b".repeat(64));
  private static final Digest C = Digest.parse("sha256:" + "c".repeat(64));

  /// Made with `printf '%s %s' CHAIN DIFF | sha256sum`.
  @Test
  void identifies_each_layer_with_all_below() {
    assertThat(RootFs.of(List.of(A, B, C)).chainIds())
        .containsExactly(
            A,
            Digest.parse("sha256:ccd722928bd92476ba1745586fed6e45a102504185ad88cd89e01ff116fd146c"),
            Digest.parse(
                "sha256:c1377126441fb2f5ec2c21ae2a60255331d639e830f0ee1b40a36e52d4c40588"));
  }

  @Test
  void has_no_chain_ids_without_layers() {
    assertThat(RootFs.of(List.of()).chainIds()).isEmpty();
  }
}
