package dev.ocij.buildah.cli;

import dev.ocij.buildah.base.BaseImage;
import dev.ocij.buildah.build.BuildOutput;
import dev.ocij.buildah.build.Builder;
import dev.ocij.buildah.build.Granted;
import dev.ocij.buildah.build.Lent;
import dev.ocij.buildah.build.RunSettings;
import dev.ocij.buildah.build.Workshop;
import dev.ocij.buildah.container.CommandSettings;
import dev.ocij.buildah.container.Triggers;
import dev.ocij.buildah.context.BuildContext;
import dev.ocij.buildah.context.Contexts;
import dev.ocij.buildah.context.Downloads;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.plan.BuildArguments;
import dev.ocij.buildah.sourcepolicy.SourcePolicy;
import dev.ocij.edit.Edit;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.spec.Platform;
import dev.ocij.transport.registry.WebFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How `from` follows ONBUILD: with the files of this directory and the settings of the container.
/// Standard output is for its name alone.
///
/// @param output gets the steps
record TriggerSteps(
    Toolbox tools, Platform platform, CommandSettings settings, BuildOutput output) {
  StageImage follow(BaseImage base) throws IOException {
    var web = new WebFiles(tools.registryOptions());
    try (var downloads = new Downloads(web, tools.store().containers())) {
      var builder = new Builder(workshop(new Contexts(downloads)), output);
      return new Triggers(builder, platform, runs(), proxies()).follow(base);
    }
  }

  private Workshop workshop(Contexts contexts) throws IOException {
    var here = Path.of("");
    var context = new Contexts.Opened(here, null, false);
    return new Workshop(
        tools.store(),
        BuildContext.open(here, context.ignored(null)),
        Map.of(),
        contexts,
        tools.transports(),
        tools.policy(),
        SourcePolicy.NONE,
        Edit.NOTHING,
        () -> new Stdio(Stdio.nothing(), 2, 2),
        Lent.NOTHING);
  }

  private RunSettings runs() {
    return new RunSettings(
        settings.network(),
        settings.names().files(null, List.of(), null),
        Stream.concat(
                settings.volumes().stream().map(VolumeFlags::volume),
                VolumeFlags.devices(settings.devices()).mounts().stream())
            .toList(),
        Granted.NOTHING,
        false,
        draft -> {
          RunFlags.applySettings(draft, settings);
          VolumeFlags.devices(settings.devices()).applyWithoutMounts(draft);
        },
        null);
  }

  private Map<String, String> proxies() {
    var proxies = new HashMap<>(System.getenv());
    proxies.keySet().removeIf(name -> !settings.proxies() || !BuildArguments.isProxy(name));
    return proxies;
  }
}
