package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.DetachKeys;
import dev.ocij.buildah.life.ExecSession;
import dev.ocij.buildah.run.ContainerNames;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.config.Environment;
import dev.ocij.runtime.rootless.InheritedDescriptors;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// `exec [OPTIONS] CONTAINER COMMAND…`: one more program in a container that runs.
final class ExecCommand implements Command {
  private final Options options =
      Options.of(this, "Run a command in a running container.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("CONTAINER", 0, "its name or id, then the command and its arguments");
  private final BooleanSupplier detach =
      options.flag("-d, --detach", "leave it alone and print the session's id");
  private final Supplier<List<String>> env =
      options.texts("-e, --env", "NAME=VALUE", "a variable; NAME alone copies the caller's");
  private final Supplier<List<String>> envFiles =
      options.texts("--env-file", "PATH", "variables, one a line");
  private final BooleanSupplier interactive =
      options.flag("-i, --interactive", "pass on standard input");
  private final BooleanSupplier tty = options.flag("-t, --tty", "give it a terminal");
  private final Supplier<Optional<String>> user =
      options.text("-u, --user", "USER[:GROUP]", "by names or numbers");
  private final Supplier<Optional<String>> workdir =
      options.text("-w, --workdir", "DIR", "where it begins");
  private final BooleanSupplier privileged =
      options.flag("--privileged", "all powers that the caller has");
  private final BooleanSupplier latest =
      options.flag("-l, --latest", "the container that was made last");
  private final Supplier<Optional<String>> idFile =
      options.text("--cidfile", "PATH", "the container whose id is in the file");
  private final Supplier<Optional<String>> keys =
      options.text("--detach-keys", "KEYS", "what leaves the command and lets it go on");
  private final Supplier<Optional<String>> descriptors =
      options.text("--preserve-fds", "NUMBER", "so many descriptors from 3 on are the command's");
  private final Supplier<List<String>> chosenDescriptors =
      options.texts("--preserve-fd", "FD[,FD...]", "these descriptors are the command's");
  private final StoreFlags store;

  ExecCommand(StoreFlags store) {
    this.store = store;
    options.flag("--no-session", "accepted; it changes nothing here");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var rest = new ArrayList<>(words.get());
    var containers = new Containers(store.store());
    var container = container(containers, rest);
    if (rest.isEmpty()) {
      throw Values.usage("must provide a non-empty command to start an exec session");
    }
    int status = new ExecSession(containers, wish(rest)).run(container);
    if (detach.getAsBoolean()) {
      options.out().println(ContainerNames.newId());
      return ExitCode.OK;
    }
    return status;
  }

  private ContainerState container(Containers containers, List<String> rest) throws IOException {
    if (latest.getAsBoolean()) {
      return containers.latest();
    }
    if (idFile.get().isPresent()) {
      var id = new String(LocalFile.read(idFile.get().get()), StandardCharsets.UTF_8);
      return containers.find(id.strip());
    }
    if (rest.isEmpty()) {
      throw Values.usage("exec requires the name or ID of a container or the --latest flag");
    }
    return containers.find(rest.removeFirst());
  }

  private ExecSession.Wish wish(List<String> command) {
    var caller = Environment.system().variables();
    var variables = new ArrayList<>(Values.environment(Values.lines(envFiles.get()), caller));
    variables.addAll(Values.environment(env.get(), caller));
    return new ExecSession.Wish(
        List.copyOf(command),
        user.get().orElse(null),
        workdir.get().orElse(null),
        variables,
        interactive.getAsBoolean(),
        tty.getAsBoolean(),
        privileged.getAsBoolean(),
        detach.getAsBoolean(),
        passedOn(),
        keys.get().map(DetachKeys::parse).orElseGet(DetachKeys::usual));
  }

  private List<Integer> passedOn() {
    var inherited = new InheritedDescriptors(Environment.system());
    var chosen =
        Values.split(chosenDescriptors.get()).stream()
            .map(text -> Values.number(text, "file descriptor"))
            .toList();
    int count = descriptors.get().map(text -> Values.number(text, "number")).orElse(0);
    return Stream.of(inherited.these("preserve-fd", chosen), inherited.first("preserve-fds", count))
        .flatMap(List::stream)
        .distinct()
        .sorted()
        .toList();
  }
}
