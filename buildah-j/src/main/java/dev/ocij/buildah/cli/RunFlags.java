package dev.ocij.buildah.cli;

import dev.ocij.buildah.container.CommandRun;
import dev.ocij.buildah.container.CommandSettings;
import dev.ocij.buildah.container.WorkingContainer;
import dev.ocij.buildah.plan.BuildArguments;
import dev.ocij.buildah.run.RunRequest;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.SeccompProfile;
import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.runtime.rootless.HostTerminal;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What `run` may be told, over what `from` was told.
final class RunFlags {
  private final Supplier<List<String>> env;
  private final Supplier<Optional<String>> user;
  private final Supplier<Optional<String>> workingDir;
  private final Supplier<Optional<Boolean>> terminal;
  private final MountFlags mounts;
  private final Supplier<List<String>> devices;
  private final Supplier<List<String>> addCapabilities;
  private final Supplier<List<String>> dropCapabilities;
  private final Supplier<Optional<String>> hostname;
  private final BooleanSupplier noHosts;
  private final BooleanSupplier noHostname;
  private final Supplier<List<String>> validCodes;
  private final NamespaceFlags namespaces;
  private final HistoryFlag history;
  private final RuntimeFlag runtime;

  RunFlags(Options options) {
    env = options.texts("-e, --env", "NAME=VALUE", "a variable for the command");
    user = options.text("-u, --user", "USER[:GROUP]", "who runs it");
    workingDir = options.text("--workingdir", "DIR", "where it begins");
    terminal =
        options.choice("-t, --terminal, --tty", "give it a terminal; default: as the caller's");
    mounts = new MountFlags(options);
    addCapabilities = options.texts("--cap-add", "NAME", "one more capability");
    dropCapabilities = options.texts("--cap-drop", "NAME", "one capability less");
    hostname = options.text("--hostname", "NAME", "of the container; default: its short id");
    noHosts = options.flag("--no-hosts", "leave /etc/hosts as the image has it");
    noHostname = options.flag("--no-hostname", "leave /etc/hostname as the image has it");
    validCodes = options.texts("--valid-exit-codes", "N,…", "statuses that are no failure");
    namespaces = new NamespaceFlags(options);
    history = new HistoryFlag(options);
    options.flag("--no-pivot", "accepted; it changes nothing here");
    devices = options.texts("--device", "PATH[:PATH[:rwm]]|NAME", "a device of the host");
    runtime = new RuntimeFlag(options);
  }

  boolean isValid(int status) {
    return split(validCodes.get()).anyMatch(Integer.toString(status)::equals);
  }

  /// The run of a command in this container.
  CommandRun run(WorkingContainer container, List<String> command) {
    runtime.check();
    namespaces.check();
    var settings = container.settings();
    var request = ContainerRequest.of(command).with(draft -> apply(draft, settings));
    var config = container.config().config();
    return new CommandRun(
        withMounts(request, settings),
        mounts.volumes(settings.volumes()),
        mounts.made(Objects.requireNonNullElse(config.workingDir(), "/")),
        names(settings),
        history.isOn(),
        namespaces.isChroot() ? null : runtime.runtime());
  }

  private void apply(ContainerRequest.Draft draft, CommandSettings settings) {
    applySettings(draft, settings);
    draft.env = environment(settings);
    draft.user = user.get().orElse(null);
    draft.cwd = workingDir.get().orElse(null);
    draft.terminal = terminal.get().orElseGet(HostTerminal::isPresent);
    draft.network = namespaces.network(settings.network());
    draft.shared = union(settings.shared(), namespaces.shared());
    draft.addCapabilities = union(settings.addCapabilities(), addCapabilities.get());
    draft.dropCapabilities = union(settings.dropCapabilities(), dropCapabilities.get());
  }

  /// What `from` said, for every command.
  static void applySettings(ContainerRequest.Draft draft, CommandSettings settings) {
    draft.shared = settings.shared();
    draft.shmSize = settings.shmSize();
    draft.groups = settings.groups();
    draft.rlimits = settings.rlimits();
    draft.resources = settings.resources();
    var parent = settings.groupParent();
    draft.controlGroup = parent == null ? null : ControlGroup.below(parent);
    draft.noNewPrivileges = settings.noNewPrivileges();
    draft.addCapabilities = union(settings.addCapabilities(), List.of());
    draft.dropCapabilities = union(settings.dropCapabilities(), List.of());
    var seccomp = settings.seccomp();
    if (seccomp != null) {
      draft.seccomp =
          seccomp.equals("unconfined")
              ? SeccompProfile.unconfined()
              : SeccompProfile.parse(LocalFile.read(seccomp));
    }
  }

  private List<String> environment(CommandSettings settings) {
    var all = new ArrayList<String>();
    if (settings.proxies()) {
      System.getenv()
          .forEach((name, value) -> {
            if (BuildArguments.isProxy(name)) {
              all.add(name + "=" + value);
            }
          });
    }
    Assignments.parse(env.get(), System.getenv())
        .forEach((name, value) -> all.add(name + "=" + value));
    return all;
  }

  private ContainerRequest withMounts(ContainerRequest request, CommandSettings settings) {
    var lent =
        VolumeFlags.devices(
            Stream.concat(settings.devices().stream(), devices.get().stream()).toList());
    return request.with(draft -> {
      draft.mounts = mounts.memory().toList();
      lent.apply(draft);
    });
  }

  private RunRequest.Names names(CommandSettings settings) {
    var before = settings.names();
    return new RunRequest.Names(
        hostname.get().orElse(before.hostname()),
        before.sharesHostname() || namespaces.sharesHostname(),
        before.hosts() && !noHosts.getAsBoolean(),
        before.hostnameFile() && !noHostname.getAsBoolean(),
        null,
        before.addHosts(),
        before.resolver(),
        before.servers(),
        before.search(),
        before.options());
  }

  private static List<String> union(List<String> one, List<String> other) {
    var all = new LinkedHashSet<String>();
    Stream.concat(split(one), split(other)).forEach(all::add);
    return List.copyOf(all);
  }

  private static Stream<String> split(List<String> given) {
    return given.stream().flatMap(text -> Stream.of(text.split(",")));
  }
}
