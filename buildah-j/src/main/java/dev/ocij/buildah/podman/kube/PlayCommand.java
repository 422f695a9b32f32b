package dev.ocij.buildah.podman.kube;

import dev.ocij.buildah.podman.pod.PodFamily;
import dev.ocij.term.Command;
import dev.ocij.term.Commands;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `kube play FILE`: makes the pods that a file describes, and starts them.
final class PlayCommand implements Command {
  private final Options options =
      Options.of(this, "Make pods that a file of Kubernetes describes.");
  private final KubeSource source = new KubeSource(options);
  private final BooleanSupplier replace =
      options.flag("--replace", "remove pods of these names first");
  private final BooleanSupplier down = options.flag("--down", "remove the pods, and make none");
  private final Supplier<Optional<Boolean>> start =
      options.choice("--start", "start the pods; default: true");
  private final PlayFlags flags = new PlayFlags(options);
  private final StoreFlags store;
  private final Commands containers;

  /// @param containers the commands about containers
  PlayCommand(StoreFlags store, Commands containers) {
    this.store = store;
    this.containers = containers;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    flags.refuse();
    var file = source.read(!down.getAsBoolean());
    var removal = new PodRemoval(store.store(), options.out());
    if (down.getAsBoolean()) {
      removal.remove(file);
      return ExitCode.OK;
    }
    if (replace.getAsBoolean()) {
      removal.remove(file);
    }
    var play =
        new Play(
            store.store(),
            flags,
            new GivenLine(PodFamily.commands(store), options.err()),
            new GivenLine(containers, options.err()));
    for (var pod : file.pods()) {
      var made = play.make(pod);
      if (start.get().orElse(true)) {
        play.start(made);
      }
      made.tell(options.out());
    }
    return ExitCode.OK;
  }
}
