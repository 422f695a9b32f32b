package dev.ocij.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A program that is installed on this machine.
public record Tool(Path program) {

  private static final Map<String, String> PACKAGES =
      Map.of(
          "gpg", "gnupg",
          "newuidmap", "uidmap",
          "busybox", "busybox-static",
          "as", "binutils",
          "setpriv", "util-linux",
          "htpasswd", "apache2-utils",
          "softhsm2-util", "softhsm2",
          "pkcs11-tool", "opensc",
          "cosign", "cosign, or in older suites .ci/newer DIR cosign",
          "notation", "notation, or in older suites .ci/newer DIR notation");

  /// The program `name`, wherever the search path or a folder for administrators has it.
  public static Optional<Tool> find(String name) {
    var folders =
        Stream.concat(Stream.of(path().split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"));
    return folders
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Tool::new)
        .findFirst();
  }

  /// As [#find(String)]; a test that asks for a program which is not installed is skipped (see
  /// [Require]).
  public static Tool required(String name) {
    var tool = find(name);
    Require.that(
        tool.isPresent(),
        "%s is not installed: apt-get install %s"
            .formatted(name, PACKAGES.getOrDefault(name, name)));
    return tool.orElseThrow();
  }

  /// A run of the program with these arguments, not yet started.
  public Run with(String... args) {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(List.of(args));
    return Run.of(command);
  }

  /// Runs the program with these arguments to its end.
  public Outcome run(String... args) {
    return with(args).outcome();
  }

  /// What the program prints to standard output; it must succeed.
  public String output(String... args) {
    return run(args).succeeded().stdout();
  }

  private static String path() {
    return Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
  }
}
