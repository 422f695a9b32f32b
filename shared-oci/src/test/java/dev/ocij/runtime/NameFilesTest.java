package dev.ocij.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameFilesTest {
  @ParameterizedTest
  @CsvSource({
    "a:10.0.0.1, '10.0.0.1 a'",
    "a=10.0.0.1, '10.0.0.1 a'",
    "a;b:10.0.0.1, '10.0.0.1 a,10.0.0.1 b'",
    "a:::1, '::1 a'",
    "a=::1, '::1 a'",
    "a:host-gateway, '10.0.0.9 a'",
    "a=host-gateway, '10.0.0.9 a'"
  })
  void a_host_and_its_address_are_a_line(String given, String lines) {
    assertThat(NameFiles.hosts(given, "10.0.0.9"))
        .containsExactly(lines.replace(' ', '\t').split(","));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a:", "a=", ":1.2.3.4", "=1.2.3.4", "a=b:1.2.3.4", "a:x"})
  void what_is_none_is_refused(String given) {
    assertThatThrownBy(() -> NameFiles.hosts(given, ""))
        .isInstanceOf(OciException.class)
        .hasMessageStartingWith("invalid ");
  }
}
