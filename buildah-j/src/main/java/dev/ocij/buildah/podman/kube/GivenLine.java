package dev.ocij.buildah.podman.kube;

import dev.ocij.term.Commands;
import dev.ocij.term.ErrorReport;
import dev.ocij.term.Options;
import dev.ocij.term.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lines that a command gives to other commands of the program, in this process.
///
/// @param commands that there are
/// @param err gets their warnings
record GivenLine(Commands commands, PrintWriter err) {

  /// @return what the command printed, without the end of its last line
  /// @throws IOException as the command does, and what else it throws, as if it had been called
  String run(List<String> words) throws IOException {
    var out = new StringWriter();
    var failure = new Failure();
    var program =
        new Program("podman-j", "", Options.ofProgram("given by another"), commands, failure);
    program.run(new PrintWriter(out), err, words.toArray(String[]::new));
    failure.raise();
    return out.toString().strip();
  }

  /// Keeps what went wrong for who gave the line.
  private static final class Failure implements ErrorReport {
    private @Nullable Exception error;

    @Override
    public int print(Exception found, PrintWriter err) {
      error = found;
      return 1;
    }

    private void raise() throws IOException {
      switch (error) {
        case null -> {}
        case IOException io -> throw io;
        case RuntimeException other -> throw other;
        default -> throw new IllegalStateException(error);
      }
    }
  }
}
