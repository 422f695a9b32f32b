package dev.ocij.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          linux/amd64,      linux/amd64
          linux/x86_64,     linux/amd64
          linux/x86-64,     linux/amd64
          linux/aarch64,    linux/arm64
          linux/i386,       linux/386
          linux/i686,       linux/386
          linux/arm/v7,     linux/arm/v7
          windows/amd64,    windows/amd64
          linux/riscv64,    linux/riscv64
          """)
  void understands_common_spellings(String typed, String platform) {
    assertThat(Platform.parse(typed)).hasToString(platform);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "linux", "linux/", "/amd64", "linux/arm/", "linux/arm/v7/x"})
  void refuses_a_platform_with_a_part_missing_or_too_many(String typed) {
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> Platform.parse(typed))
        .withMessageStartingWith("invalid platform " + Quoted.of(typed))
        .extracting(OciException::category)
        .isEqualTo(OciException.Category.USAGE);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          linux/arm/v7,   linux/arm,      true
          linux/arm/v7,   linux/arm/v7,   true
          linux/arm/v6,   linux/arm/v7,   false
          linux/arm64,    linux/arm,      false
          windows/amd64,  linux/amd64,    false
          """)
  void satisfies_what_leaves_the_variant_open(String offered, String wanted, boolean satisfied) {
    assertThat(Platform.parse(offered).satisfies(Platform.parse(wanted))).isEqualTo(satisfied);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          linux/amd64,     linux/amd64
          linux/arm,       linux/arm
          linux/arm/v7,    linux/arm/v7 linux/arm/v6 linux/arm/v5 linux/arm/
          linux/arm64/v8,  linux/arm64/v8 linux/arm64/
          linux/amd64/v3,  linux/amd64/v3 linux/amd64/
          """)
  void runs_what_was_made_for_its_forerunners(String wanted, String alternatives) {
    assertThat(Platform.parse(wanted).alternatives())
        .extracting(Platform::toString)
        .containsExactly(alternatives.split(" "));
  }

  @Test
  void is_of_this_machine_and_known() {
    assertThat(Platform.host().isUnknown()).isFalse();
    assertThat(Platform.parse("unknown/unknown").isUnknown()).isTrue();
  }

  @Test
  void of_an_entry_with_fields_missing_satisfies_nothing() {
    var read = Json.read("{}".getBytes(StandardCharsets.UTF_8), Platform::from, "platform");
    assertThat(read.satisfies(Platform.of("linux", "amd64"))).isFalse();
    assertThat(read.isUnknown()).isFalse();
  }

  @Test
  void keeps_the_keys_of_windows() {
    var text =
        """
        {"architecture":"amd64","os":"windows","os.version":"10.0.17763.1","os.features":["win32k"]}\
        """;
    var read = Json.read(text.getBytes(StandardCharsets.UTF_8), Platform::from, "platform");
    assertThat(new String(Json.write(read), StandardCharsets.UTF_8)).isEqualTo(text);
  }
}
