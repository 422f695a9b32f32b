package dev.ocij.buildah.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told of the many words that git has.
class GitTest {
  private static final String ADVICE =
      "|fatal: Could not read from remote repository.||Please make sure you have the correct access"
          + " rights|and the repository exists.|";

  @ParameterizedTest
  @CsvSource({
    "ssh: Could not resolve hostname h: Name or service not known ADVICE,"
        + "ssh: Could not resolve hostname h: Name or service not known",
    "Warning: added|git@h: Permission denied (publickey). ADVICE,"
        + "git@h: Permission denied (publickey).",
    "fatal: couldn't find remote ref x, fatal: couldn't find remote ref x",
    "fatal: unable to access 'https://h/': refused|, fatal: unable to access 'https://h/': refused",
    "ADVICE, fatal: Could not read from remote repository.",
    "fatal: unable to connect to h:|h[0: ::1]: errno=refused, h[0: ::1]: errno=refused",
    "error: something|last, last",
    "'', exit status 128"
  })
  void the_cause_comes_before_the_advice(String printed, String cause) {
    var err = printed.replace(" ADVICE", ADVICE).replace("ADVICE", ADVICE).replace('|', '\n');
    assertThat(Git.cause(new Program.Ended(128, "", err))).isEqualTo(cause);
  }
}
