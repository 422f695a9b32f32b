package dev.ocij.skopeo.cli;

import dev.ocij.term.Program;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Run;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Command lines of skopeo-j, run in this process: a launcher costs half a second each.
final class SkopeoLine {
  private SkopeoLine() {}

  static Outcome run(String... args) {
    return run(SkopeoJ.program(), args);
  }

  /// A line of a program that is set up otherwise.
  static Outcome run(Program program, String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    int status = program.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Outcome(
        Stream.concat(Stream.of("skopeo-j"), Stream.of(args)).toList(),
        status,
        out.toString(),
        err.toString());
  }

  /// A run in a process of its own, for lines that need another environment.
  static Run with(String... args) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var line =
        List.of(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SkopeoJ.class.getName());
    return Run.of(Stream.concat(line.stream(), Stream.of(args)).toList());
  }

  /// A copy that trusts everything and any server, its options last.
  static Outcome copy(String from, String to, String... options) {
    var line =
        List.of("--insecure-policy", "copy", "--src-tls-verify=false", "--dest-tls-verify=false");
    return run(
        Stream.of(line.stream(), Stream.of(from, to), Stream.of(options))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }
}
