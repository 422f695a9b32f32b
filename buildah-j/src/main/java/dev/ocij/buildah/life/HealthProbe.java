package dev.ocij.buildah.life;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Health;
import dev.ocij.buildah.run.HealthPlan;
import dev.ocij.runtime.rootless.StartException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// Asks a container that runs whether it is well.
public record HealthProbe(Containers containers) {
  private static final int MOST_OUTPUT = 500;

  /// Runs the check once, and remembers what it said.
  ///
  /// @throws dev.ocij.spec.OciException where the container does not run
  public Result run(ContainerState container, HealthPlan plan)
      throws IOException, InterruptedException {
    var start = Instant.now();
    var said = said(container, plan);
    var check = new Health.Check(start, Instant.now(), said.status, said.output());
    var started = container.started() == null ? start : container.started();
    var health = Health.record(containers.directory(container), check, plan, started);
    return new Result(health, said.status == 0);
  }

  /// @param passed whether this check said that the container is well
  public record Result(Health health, boolean passed) {}

  private record Said(int status, String shown) {
    String output() {
      return shown.length() > MOST_OUTPUT ? shown.substring(0, MOST_OUTPUT) : shown;
    }
  }

  private Said said(ContainerState container, HealthPlan plan)
      throws IOException, InterruptedException {
    var wish =
        new ExecSession.Wish(
            plan.command(),
            null,
            null,
            List.of(),
            false,
            false,
            false,
            false,
            List.of(),
            DetachKeys.usual());
    try {
      var captured = new ExecSession(containers, wish).capture(container, plan.timeout());
      return captured.status() < 0
          ? new Said(1, "the check took longer than " + plan.timeout().toMillis() + " ms")
          : new Said(captured.status(), new String(captured.output(), UTF_8));
    } catch (StartException e) {
      if (e.exitStatus() == ExecSession.REFUSED) {
        throw e;
      }
      return new Said(e.exitStatus(), e.sentence());
    }
  }
}
