package dev.ocij.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  @Test
  void the_home_is_that_of_the_variable_if_it_is_a_path() {
    assertThat(Environment.home(Map.of("HOME", "/home/ada"))).hasToString("/home/ada");
    var own = System.getProperty("user.home");
    assertThat(Environment.home(Map.of("HOME", "ada"))).hasToString(own);
    assertThat(Environment.home(Map.of())).hasToString(own);
  }

  @Test
  void the_user_is_who_entered_the_namespace() {
    assertThat(Environment.user(Map.of("_OCIJ_USER", "1001:1002"), "0")).isEqualTo("1001");
    assertThat(Environment.user(Map.of(), "7")).isEqualTo("7");
  }
}
