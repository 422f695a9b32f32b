package dev.ocij.trust.simple;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.trust.Passphrase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The program gpg, for keys that only its home or its agent holds.
///
/// @param environment of the process; `GNUPGHOME` leads to the home
record Gpg(Map<String, String> environment) {
  private static final List<String> QUIET = List.of("gpg", "--batch", "--no-tty", "--quiet");
  private static final int MOST_ERRORS = 4096;

  Gpg {
    environment = Map.copyOf(environment);
  }

  /// A secret key of the home, used by gpg itself.
  Key key(String name, Passphrase passphrase) {
    if (name.isBlank() || name.startsWith("-")) {
      throw new OciException(
          OciException.Category.USAGE, "sign: %s names no key".formatted(Quoted.of(name)));
    }
    return new Key(this, name, passphrase);
  }

  /// The public keys with these names, as gpg exports them.
  ///
  /// @throws OciException of category `INVALID` where the home has none of them
  byte[] export(List<String> names) {
    var command = new ArrayList<>(List.of("--export", "--"));
    command.addAll(names);
    var keys = run(command, new byte[0], "export public keys");
    if (keys.length == 0) {
      throw new OciException(
          OciException.Category.INVALID,
          "export public keys: gpg has no key %s".formatted(Quoted.of(String.join(", ", names))));
    }
    return keys;
  }

  record Key(Gpg gpg, String name, Passphrase passphrase) implements MessageSigner {
    @Override
    public byte[] sign(byte[] content) {
      // The passphrase goes through standard input, so the content needs a file.
      try {
        var file = Files.createTempFile("payload", ".json");
        try {
          Files.write(file, content);
          return gpg.run(command(file), passphrase.utf8(), "sign with key " + Quoted.of(name));
        } finally {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new OciException(OciException.Category.IO, "sign with gpg: " + Reason.of(e), e);
      }
    }

    private List<String> command(Path file) {
      return List.of(
          "--pinentry-mode",
          "loopback",
          "--passphrase-fd",
          "0",
          "--digest-algo",
          "SHA256",
          "--local-user",
          name,
          "--output",
          "-",
          "--sign",
          file.toString());
    }
  }

  private byte[] run(List<String> arguments, byte[] input, String attempt) {
    var command = new ArrayList<>(QUIET);
    command.addAll(arguments);
    try {
      var errors = Files.createTempFile("gpg", ".err");
      try {
        return run(command, input, errors, attempt);
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "%s: run gpg: %s; is it installed?".formatted(attempt, Reason.of(e)),
          e);
    }
  }

  private byte[] run(List<String> command, byte[] input, Path errors, String attempt)
      throws IOException {
    var builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(input);
    } catch (IOException _) {
      // gpg ended before it asked; its status tells why
    }
    var output = process.getInputStream().readAllBytes();
    if (waitFor(process) != 0) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE, attempt + ": gpg failed: " + lastLine(errors));
    }
    return output;
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new OciException(OciException.Category.IMPOSSIBLE, "run gpg: interrupted", e);
    }
  }

  private static String lastLine(Path errors) throws IOException {
    try (var in = Files.newInputStream(errors)) {
      var text = new String(in.readNBytes(MOST_ERRORS), StandardCharsets.UTF_8);
      return Quoted.of(text.lines().reduce("", (_, last) -> last));
    }
  }
}
