package dev.ocij.name;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          alpine,                 docker.io,      library/alpine
          me/tool,                docker.io,      me/tool
          localhost/a,            localhost,      a
          registry:5000/a/b/c,    registry:5000,  a/b/c
          [::1]:5000/a,           [::1]:5000,     a
          """)
  void splits_registry_and_path(String typed, String registry, String path) {
    assertThat(Repository.parse(typed)).isEqualTo(new Repository(registry, path));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          alpine,         false
          me/tool,        false
          docker.io/a,    true
          localhost/a,    true
          registry:80/a,  true
          [::1]/a,        true
          quay.io,        false
          """)
  void tells_whether_a_registry_was_typed(String typed, boolean named) {
    assertThat(Repository.namesRegistry(typed)).isEqualTo(named);
  }

  @Test
  void is_ordered_by_its_text() {
    assertThat(Repository.parse("b")).isGreaterThan(Repository.parse("a"));
    assertThat(Repository.parse("a.io/z")).isLessThan(Repository.parse("b.io/a"));
  }
}
