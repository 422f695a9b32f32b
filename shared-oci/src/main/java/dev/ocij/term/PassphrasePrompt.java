package dev.ocij.term;

import dev.ocij.spec.OciException;
import dev.ocij.trust.Passphrase;
import java.io.Console;
import java.util.Arrays;
import java.util.Optional;

/// Asks a person for a passphrase, on the terminal and without echo.
public final class PassphrasePrompt {
  private PassphrasePrompt() {}

  /// @throws OciException where there is no terminal to ask at
  public static Passphrase ask(String prompt) {
    return Passphrase.of(new String(read(prompt)));
  }

  /// A new passphrase, typed twice.
  ///
  /// @throws OciException where the two differ
  public static Passphrase askTwice(String prompt) {
    var first = read(prompt);
    if (!Arrays.equals(first, read(prompt + "(again) "))) {
      throw new OciException(
          OciException.Category.USAGE, "read a new passphrase: the two are not the same");
    }
    return Passphrase.of(new String(first));
  }

  private static char[] read(String prompt) {
    return typed(prompt)
        .orElseThrow(() ->
            new OciException(
                OciException.Category.USAGE,
                "read a passphrase: standard input is no terminal; name a passphrase file"));
  }

  /// What a person types without echo; empty where nobody sits at a terminal.
  static Optional<char[]> typed(String prompt) {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> console.readPassword("%s", prompt));
  }
}
