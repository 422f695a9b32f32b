package dev.ocij.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          alpine,                        docker.io/library/alpine:latest
          alpine:3.20,                   docker.io/library/alpine:3.20
          library/alpine,                docker.io/library/alpine:latest
          docker.io/alpine,              docker.io/library/alpine:latest
          index.docker.io/alpine,        docker.io/library/alpine:latest
          index.docker.io/me/tool,       docker.io/me/tool:latest
          me/tool:_1.0-RC,               docker.io/me/tool:_1.0-RC
          a/b/c,                         docker.io/a/b/c:latest
          foo.bar,                       docker.io/library/foo.bar:latest
          foo:5000,                      docker.io/library/foo:5000
          foo:5000/bar,                  foo:5000/bar:latest
          quay.io/a,                     quay.io/a:latest
          Quay.IO/a,                     Quay.IO/a:latest
          localhost/a,                   localhost/a:latest
          localhost:5000/a/b:1,          localhost:5000/a/b:1
          127.0.0.1:5000/a,              127.0.0.1:5000/a:latest
          [::1]/a,                       [::1]/a:latest
          [::1]:5000/a:b,                [::1]:5000/a:b
          [fe80::1]:5000/a/b,            [fe80::1]:5000/a/b:latest
          a_b/c__d/e-f/g---h/i.j,        docker.io/a_b/c__d/e-f/g---h/i.j:latest
          """)
  void completes_a_name_as_docker_does(String typed, String full) {
    assertThat(Reference.parse(typed)).hasToString(full);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          alpine,            docker.io/library/alpine
          alpine:3.20,       docker.io/library/alpine
          localhost:5000/a,  localhost:5000/a
          """)
  void takes_the_digest_of_a_name_with_both(String name, String repository) {
    var reference = Reference.parse(name + "@" + DIGEST);
    assertThat(reference)
        .isEqualTo(new Reference.Digested(Repository.parse(repository), Digest.parse(DIGEST)))
        .hasToString(repository + "@" + DIGEST);
    assertThat(reference.tagOrDigest()).isEqualTo(DIGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "a/",
        "/a",
        "a//b",
        ":tag",
        "Alpine",
        "me/Tool",
        "quay.io/Me/tool",
        "a..b",
        "a___b",
        "_a",
        "a_",
        "-a/b",
        "a.",
        "a b",
        "a\tb",
        "../a",
        "quay.io/../a",
        "https://quay.io/a",
        "quay.io:port/a",
        "quay.io:/a",
        "quay.io:123456/a",
        "-quay.io/a",
        "quay..io/a",
        "user@quay.io/a",
        "[::1/a",
        "[::1]",
        "[::g]:5000/a",
        "a:",
        "a:.b",
        "a:-b",
        "a:b c",
        "a:b/c:",
        "a:ä",
        "a@",
        "a@latest",
        "a@sha256:0000",
        "a:!@sha256:0000000000000000000000000000000000000000000000000000000000000000",
        "a:@sha256:0000000000000000000000000000000000000000000000000000000000000000",
        "a@sha256:0000000000000000000000000000000000000000000000000000000000000000@x",
      })
  void refuses_what_the_grammar_does_not_know(String typed) {
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> Reference.parse(typed))
        .withMessageStartingWith("invalid ")
        .withMessageNotContaining("\t");
  }

  @Test
  void says_that_names_are_in_lower_case() {
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> Reference.parse("me/Tool"))
        .withMessage("invalid reference format: \"docker.io/me/Tool\"; names are in lower case");
  }

  @Test
  void limits_the_length_of_tags_and_names() {
    assertThat(Reference.parse("a:" + "t".repeat(128)).tagOrDigest()).hasSize(128);
    assertThat(Reference.parse("quay.io/" + "a".repeat(248))).isNotNull();
    for (var typed : new String[] {"a:" + "t".repeat(129), "quay.io/" + "a".repeat(249)}) {
      assertThatExceptionOfType(OciException.class).isThrownBy(() -> Reference.parse(typed));
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          a,                  false
          a:b,                true
          localhost:5000/a,   false
          localhost:5000/a:b, true
          [::1]:5000/a,       false
          a@sha256:00,        true
          """)
  void tells_whether_a_tag_or_digest_was_typed(String typed, boolean has) {
    assertThat(Reference.hasTagOrDigest(typed)).isEqualTo(has);
  }
}
