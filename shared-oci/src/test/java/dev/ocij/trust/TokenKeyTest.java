package dev.ocij.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.ProviderException;
import java.util.stream.Stream;
import javax.security.auth.login.FailedLoginException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenKeyTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new IOException("load", new FailedLoginException()), ": the PIN is refused"),
        Arguments.of(failure("CKR_PIN_LOCKED"), ": the PIN is refused"),
        Arguments.of(failure("CKR_DEVICE_REMOVED (0x32)"), ": the token fails: CKR_DEVICE_REMOVED"),
        Arguments.of(failure("sun.Secret 1234"), ": the token fails, and does not tell why"));
  }

  private static Exception failure(String told) {
    return new ProviderException("slot 0", new IOException(told));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void tells_the_code_of_a_token_that_fails_and_no_more(Exception failure, String told) {
    var uri = TokenUri.parse("pkcs11:object=key?module-path=/usr/lib/token.so");
    assertThat(TokenKey.refused(uri, failure)).hasMessage("open " + uri + told);
  }
}
