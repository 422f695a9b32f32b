package dev.ocij.runtime.rootless;

import dev.ocij.runtime.Bundle;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/// An installed runtime, such as crun or runc, that runs our bundles instead of us.
///
/// @param program a name looked up in the PATH, or a path
public record ExternalRuntime(String program) {

  /// Writes `config.json` into the bundle, runs it with the standard streams of this process, and
  /// waits.
  ///
  /// @param id of the container, unique among those of the runtime
  /// @return the exit status that the runtime gives
  public int run(Bundle bundle, String id) throws InterruptedException {
    return start(bundle, id, true).waitFor();
  }

  /// As [#run], without waiting.
  ///
  /// @param input whether the container gets what this process reads, or nothing
  public Process start(Bundle bundle, String id, boolean input) {
    if (bundle.overlay().isPresent()) {
      throw new OciException(
          Category.UNSUPPORTED,
          "run by %s: an overlay must be mounted before".formatted(Quoted.of(program)));
    }
    var directory = bundle.directory().toAbsolutePath();
    write(bundle, directory.resolve("config.json"));
    try {
      return new ProcessBuilder(program, "run", "--bundle", directory.toString(), id)
          .inheritIO()
          .redirectInput(input ? Redirect.INHERIT : Redirect.from(new File("/dev/null")))
          .start();
    } catch (IOException e) {
      throw new OciException(
          Category.IMPOSSIBLE,
          "run by %s: it cannot be started (%s); is it installed?"
              .formatted(Quoted.of(program), Reason.of(e)),
          e);
    }
  }

  private static void write(Bundle bundle, Path file) {
    try {
      Files.createDirectories(bundle.directory());
      Files.write(file, bundle.config().bytes());
    } catch (IOException e) {
      throw new OciException(Category.IO, "write %s: %s".formatted(file, Reason.of(e)), e);
    }
  }
}
