package dev.ocij.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypeTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          application/vnd.oci.image.index.v1+json,                                 true,  false, false, false
          application/vnd.docker.distribution.manifest.list.v2+json,               true,  false, false, true
          application/vnd.oci.image.manifest.v1+json,                              false, true,  false, false
          application/vnd.docker.distribution.manifest.v2+json,                    false, true,  false, true
          application/vnd.docker.distribution.manifest.v1+json,                    false, false, true,  true
          application/vnd.docker.distribution.manifest.v1+prettyjws,               false, false, true,  true
          application/json,                                                        false, false, false, false
          '',                                                                      false, false, false, false
          """)
  void knows_the_documents(
      String type, boolean index, boolean manifest, boolean schema1, boolean docker) {
    var read = MediaType.of(type);
    assertThat(read.isIndex()).isEqualTo(index);
    assertThat(read.isManifest()).isEqualTo(manifest);
    assertThat(read.isSchema1()).isEqualTo(schema1);
    assertThat(read.isDocker()).isEqualTo(docker);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          application/vnd.oci.image.layer.nondistributable.v1.tar+gzip,   true
          application/vnd.docker.image.rootfs.foreign.diff.tar.gzip,      true
          application/vnd.oci.image.layer.v1.tar+gzip,                    false
          application/vnd.docker.image.rootfs.diff.tar.gzip,              false
          """)
  void knows_foreign_layers(String type, boolean foreign) {
    assertThat(MediaType.of(type).isForeignLayer()).isEqualTo(foreign);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          application/vnd.oci.image.index.v1+json; charset=utf-8, application/vnd.oci.image.index.v1+json
          ' Application/VND.OCI.Image.Index.v1+JSON ',            application/vnd.oci.image.index.v1+json
          text/plain;,                                            text/plain
          """)
  void leaves_out_parameters_and_case(String header, String type) {
    assertThat(MediaType.of(header)).hasToString(type);
  }
}
