package dev.ocij.transport.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import okhttp3.HttpUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Token servers that a registry may name, and those that learn who we are.
class RealmTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          https://reg.example,          https://reg.example/token
          https://reg.example,          https://auth.reg.example/token
          https://reg.example,          https://AUTH.REG.EXAMPLE/token
          https://hub.reg.example,      https://reg.example/token
          https://registry-1.docker.io, https://auth.docker.io/token
          http://127.0.0.1:5000,        http://127.0.0.1:5001/token
          """)
  void one_that_belongs_to_the_registry_is_told(String registry, String realm) {
    assertThat(Realm.parse(realm, HttpUrl.get(registry)).trusted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          https://reg.example,          https://evil.example/token
          https://reg.example,          https://evilreg.example/token
          https://reg.example,          https://reg.example.evil.test/token
          https://reg.example,          https://example/token
          https://hub.reg.example,      https://auth.reg.example/token
          https://registry-1.docker.io, https://auth.docker.io.evil.test/token
          https://reg.example,          https://auth.docker.io/token
          http://10.0.0.1,              http://1.10.0.0.1.evil.test/token
          http://127.0.0.1:5000,        http://127.0.0.2/token
          http://localhost:5000,        http://evil.localhost/token
          """)
  void any_other_is_asked_as_a_stranger(String registry, String realm) {
    assertThat(Realm.parse(realm, HttpUrl.get(registry)).trusted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://reg.example | http://reg.example/token        | it is not https
          https://reg.example | http://auth.reg.example/token   | it is not https
          https://reg.example | https://u:p@reg.example/token   | it is no plain http or https URL
          https://reg.example | https://u@reg.example/token     | it is no plain http or https URL
          https://reg.example | file:///etc/passwd              | it is no plain http or https URL
          https://reg.example | ldap://reg.example/             | it is no plain http or https URL
          https://reg.example | ''                              | it is no plain http or https URL
          """)
  void some_are_not_asked_at_all(String registry, String realm, String why) {
    assertThatThrownBy(() -> Realm.parse(realm, HttpUrl.get(registry)))
        .isInstanceOfSatisfying(
            OciException.class,
            e -> assertThat(e.category()).isEqualTo(OciException.Category.REJECTED))
        .hasMessageContaining(why);
  }
}
