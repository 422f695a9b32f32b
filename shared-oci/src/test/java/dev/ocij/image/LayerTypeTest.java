package dev.ocij.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerTypeTest {
  private static final String OCI = "application/vnd.oci.image.layer.";
  private static final String DOCKER = "application/vnd.docker.image.rootfs.";

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          v1.tar,                      OCI,         NONE, diff.tar
          v1.tar+gzip,                 OCI,         GZIP, diff.tar.gzip
          nondistributable.v1.tar,     OCI_FOREIGN, NONE, foreign.diff.tar
          nondistributable.v1.tar+gzip, OCI_FOREIGN, GZIP, foreign.diff.tar.gzip
          """)
  void is_the_same_layer_in_both_formats(
      String oci, LayerType.Format format, Compression compression, String docker) {
    var type = of(OCI + oci);
    assertThat(type).isEqualTo(new LayerType(format, compression));
    assertThat(type.mediaType()).hasToString(OCI + oci);
    assertThat(type.inDocker(true).mediaType()).hasToString(DOCKER + docker);
    assertThat(of(DOCKER + docker)).isEqualTo(type.inDocker(true));
    assertThat(of(DOCKER + docker).inDocker(false)).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.tar+zstd", "nondistributable.v1.tar+zstd"})
  void has_no_name_for_zstd_in_docker(String type) {
    assertThat(of(OCI + type).mediaType()).hasToString(OCI + type);
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> of(OCI + type).inDocker(true).mediaType())
        .withMessageContaining("ZSTD")
        .extracting(OciException::category)
        .isEqualTo(OciException.Category.UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "application/vnd.oci.image.config.v1+json",
        "application/vnd.oci.image.layer.v1.tar+gzip+encrypted",
        "application/vnd.in-toto+json",
        "application/x-tar",
      })
  void is_not_of_anything_else(String type) {
    assertThat(LayerType.of(MediaType.of(type))).isNull();
  }

  private static LayerType of(String type) {
    return Objects.requireNonNull(LayerType.of(MediaType.of(type)));
  }
}
