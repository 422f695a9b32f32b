package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.Endings;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.term.Command;
import dev.ocij.term.LogLine;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/// `stop CONTAINER…`: asks containers to end, and kills those that do not.
final class StopCommand implements Command {
  private final Options options = Options.of(this, "Stop containers.");
  private final ContainerArguments arguments = new ContainerArguments(options);
  private final Supplier<Optional<String>> time =
      options.text("-t, --time", "SECONDS", "until it is killed; -1 for ever");
  private final StoreFlags store;

  StopCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var containers = new Containers(store.store());
    var endings = new Endings(containers);
    return arguments.forEach(
        containers,
        ContainerState::isActive,
        container -> endings.stop(container, seconds(container), this::warn));
  }

  private int seconds(ContainerState container) {
    return time.get()
        .map(text -> Values.number(text, "stop timeout"))
        .orElse(container.stopTimeout());
  }

  private void warn(String sentence) {
    options.err().println(LogLine.warning(sentence));
    options.err().flush();
  }
}
