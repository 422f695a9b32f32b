package dev.ocij.buildah.container;

import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.ImageConfig;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A configuration with what another says: lists of variables, labels, ports and volumes have both
/// then, of anything else the other has its say.
final class MergedConfig {
  private MergedConfig() {}

  static ImageConfig of(ImageConfig config, @Nullable ContainerConfig other) {
    return other == null ? config : config.withConfig(config.config().with(merging(other)));
  }

  private static Consumer<ContainerConfig.Draft> merging(ContainerConfig other) {
    return draft -> {
      other.env().forEach(variable -> set(draft, variable));
      draft.labels.putAll(other.labels());
      draft.exposedPorts.putAll(other.exposedPorts());
      draft.volumes.putAll(other.volumes());
      draft.onBuild.addAll(other.onBuild());
      draft.cmd = other.cmd().isEmpty() ? draft.cmd : other.cmd();
      draft.entrypoint = other.entrypoint().isEmpty() ? draft.entrypoint : other.entrypoint();
      draft.shell = other.shell().isEmpty() ? draft.shell : other.shell();
      draft.user = either(other.user(), draft.user);
      draft.workingDir = either(other.workingDir(), draft.workingDir);
      draft.stopSignal = either(other.stopSignal(), draft.stopSignal);
      draft.hostname = either(other.hostname(), draft.hostname);
      draft.domainname = either(other.domainname(), draft.domainname);
      draft.healthcheck = other.healthcheck() == null ? draft.healthcheck : other.healthcheck();
    };
  }

  private static void set(ContainerConfig.Draft draft, String variable) {
    var name = variable.split("=", 2)[0];
    draft.env.removeIf(each -> each.startsWith(name + "="));
    draft.env.add(variable);
  }

  private static @Nullable String either(@Nullable String one, @Nullable String other) {
    return one == null || one.isEmpty() ? other : one;
  }
}
