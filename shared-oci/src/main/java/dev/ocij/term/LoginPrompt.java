package dev.ocij.term;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Asks for a name and a password, as a login does.
record LoginPrompt(PrintWriter out) {
  /// The name that is typed, or just confirmed where one is known.
  String user(String known) throws IOException {
    out.print(known.isEmpty() ? "Username: " : "Username (%s): ".formatted(known));
    out.flush();
    var typed = line();
    return typed.isEmpty() ? known : typed;
  }

  /// The password, typed without an echo.
  String password() {
    var typed = PassphrasePrompt.typed("Password: ");
    if (typed.isEmpty()) {
      throw failed("reading password: standard input is no terminal; use --password-stdin");
    }
    return new String(typed.get());
  }

  /// All of standard input, without the ends of its lines.
  static String passwordFromStdin() throws IOException {
    var typed = System.in.readNBytes(Json.LARGEST_DOCUMENT);
    return new String(typed, StandardCharsets.UTF_8).replaceAll("\\R", "");
  }

  /// Byte by byte: what follows the line may be for somebody else.
  private static String line() throws IOException {
    var typed = new ByteArrayOutputStream();
    int next = System.in.read();
    if (next < 0) {
      throw failed("reading username: standard input has ended; use --username");
    }
    while (next >= 0 && next != '\n') {
      typed.write(next);
      next = System.in.read();
    }
    return typed.toString(StandardCharsets.UTF_8).strip();
  }

  private static OciException failed(String found) {
    return new OciException(OciException.Category.USAGE, "getting username and password: " + found);
  }
}
