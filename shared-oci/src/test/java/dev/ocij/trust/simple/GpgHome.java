package dev.ocij.trust.simple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A home of gpg for one test; its agent ends with it.
public final class GpgHome implements AutoCloseable {
  /// The agent measures the machine otherwise, so that each use of a passphrase takes 100 ms; a key
  /// protected so on a busy machine was once taken for corrupt.
  private static final String AS_QUICK_AS_CAN_BE = "s2k-count 65536\n";

  private final Path folder;

  private GpgHome(Path folder) {
    this.folder = folder;
  }

  /// In a short path: the agent's socket is in it.
  public static GpgHome create() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gpg")), "gpg is not installed");
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    var home = new GpgHome(Files.createTempDirectory(Path.of("/tmp"), "gpg", mode));
    home.file("gpg-agent.conf", AS_QUICK_AS_CAN_BE.getBytes(StandardCharsets.UTF_8));
    return home;
  }

  public Map<String, String> environment() {
    return Map.of("GNUPGHOME", folder.toString());
  }

  /// A new key without subkeys.
  ///
  /// @return its fingerprint
  public String generate(
      String name, String algorithm, String usage, String expires, String secret) {
    gpg("--passphrase", secret, "--quick-gen-key", name, algorithm, usage, expires);
    return fingerprints(name).getFirst();
  }

  /// The fingerprints of a key and its subkeys.
  List<String> fingerprints(String name) {
    var colons = new String(gpg("--with-colons", "--list-keys", name), StandardCharsets.UTF_8);
    return colons
        .lines()
        .filter(line -> line.startsWith("fpr:"))
        .map(line -> line.split(":", -1)[9])
        .toList();
  }

  public byte[] export(String name) {
    return gpg("--export", name);
  }

  /// The secret key, as locked as it is in the home.
  public byte[] exportSecret(String name, String secret) {
    return gpg("--passphrase", secret, "--export-secret-keys", name);
  }

  byte[] gpg(String... arguments) {
    return run("gpg", List.of(arguments));
  }

  byte[] run(String program, List<String> arguments) {
    var command = new ArrayList<>(List.of(program));
    if (program.equals("gpg")) {
      command.addAll(List.of("--batch", "--yes", "--no-tty", "--pinentry-mode", "loopback"));
    }
    command.addAll(arguments);
    try {
      var log = folder.resolve("stderr");
      var builder = new ProcessBuilder(command).redirectError(log.toFile());
      builder.environment().putAll(environment());
      var process = builder.start();
      process.getOutputStream().close();
      var output = process.getInputStream().readAllBytes();
      assertThat(process.waitFor()).as(command + Files.readString(log)).isZero();
      return output;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }

  @Override
  public void close() throws IOException {
    run("gpgconf", List.of("--homedir", folder.toString(), "--kill", "all"));
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
