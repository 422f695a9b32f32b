package dev.ocij.buildah.run;

import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.rootless.ExternalRuntime;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;

/// A container that an installed runtime runs in the foreground.
public record ForeignRun(RunRequest request, ContainerFolder folder) {
  public int run(Bundle bundle) throws IOException, InterruptedException {
    var runtime = new ExternalRuntime(Objects.requireNonNull(request.runtime()));
    var process = runtime.start(bundle, folder.state().id(), request.attachment().in());
    folder.write(folder.state().begun(process.pid(), Instant.now()));
    Signals.forward(signal -> forward(process, signal));
    return process.waitFor();
  }

  /// The runtime passes on what it gets; it gets what a process of Java can send.
  private static void forward(Process process, int signal) {
    if (signal == 2 || signal == 15) {
      process.destroy();
    }
  }
}
