package dev.ocij.buildah.podman;

import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.base.Pull;
import dev.ocij.buildah.cli.Toolbox;
import dev.ocij.buildah.life.DetachKeys;
import dev.ocij.buildah.run.ContainerCreation;
import dev.ocij.buildah.run.ContainerNetwork;
import dev.ocij.buildah.run.NamespaceOwner;
import dev.ocij.buildah.run.Pod;
import dev.ocij.buildah.run.PodDefaults;
import dev.ocij.buildah.run.RunRequest;
import dev.ocij.copy.Progress;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.rootless.HostTerminal;
import dev.ocij.term.ConsoleProgress;
import dev.ocij.term.LogLine;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All that `run` and `create` may be told, and the container that is made of it.
final class ContainerFlags {
  /// How this machine is called in containers that reach it.
  private static final String HOST_NAMES = "host.containers.internal host.docker.internal";

  private final Options options;
  private final Supplier<List<String>> words;
  private final ProcessFlags process;
  private final MountFlags mounts;
  private final SecurityFlags security;
  private final NamespaceFlags namespaces;
  private final DeviceFlags devices;
  private final NetworkFlags network;
  private final PodFlags pods;
  private final NameFlags names;
  private final IdentityFlags identity;
  private final KernelFlags kernel;
  private final LimitFlags limits;
  private final LifeFlags life;
  private final OtherFlags others;
  private final PlatformFlags platform;
  private final Supplier<Optional<String>> pull;
  private final BooleanSupplier quiet;
  private final BooleanSupplier rootfs;
  private final Supplier<Optional<String>> runtime;
  private final Toolbox tools;

  ContainerFlags(Options options, StoreFlags store, Supplier<Optional<String>> runtime) {
    this.options = options;
    this.runtime = runtime;
    words = options.arguments("IMAGE", 1, "the image, then the command and its arguments");
    process = new ProcessFlags(options);
    mounts = new MountFlags(options);
    security = new SecurityFlags(options);
    namespaces = new NamespaceFlags(options);
    devices = new DeviceFlags(options);
    network = new NetworkFlags(options);
    pods = new PodFlags(options);
    names = new NameFlags(options);
    identity = new IdentityFlags(options);
    kernel = new KernelFlags(options);
    limits = new LimitFlags(options);
    life = new LifeFlags(options);
    others = new OtherFlags(options);
    platform = new PlatformFlags(options);
    pull = options.text("--pull", "always|missing|never|newer", "when to fetch the image");
    quiet = options.flag("-q, --quiet", "do not tell about fetching");
    rootfs = options.flag("--rootfs", "the first argument is a directory, not an image");
    tools = new Toolbox(options, store);
  }

  Toolbox tools() {
    return tools;
  }

  DetachKeys keys() {
    return life.keys();
  }

  /// Makes the container, complete and held.
  ContainerCreation.Created create(RunRequest request) throws IOException {
    try (var images = images(request)) {
      return new ContainerCreation(tools.store(), images).create(request);
    }
  }

  /// @throws dev.ocij.spec.OciException where something was asked for that is not there
  RunRequest request() throws IOException {
    others.refuse();
    var pod = pods.pod(tools.store(), network.ports());
    return request(pod);
  }

  private RunRequest request(@Nullable Pod pod) throws IOException {
    var all = words.get();
    var owners = namespaces.owners(network.container(), tools.store());
    var defaults = pod == null ? PodDefaults.NONE : pod.defaults();
    var who = identity.identity();
    return new RunRequest(
        all.getFirst(),
        rootfs.getAsBoolean(),
        process.entrypoint(),
        all.subList(1, all.size()),
        Pull.parse(pull.get().orElse("missing")),
        platform.platform(),
        who,
        container(pod, owners),
        process.mergedEnvironment(),
        mounts.volumes(tools.store(), defaults.volumes()),
        mounts.images(),
        mounts.imageVolumes(),
        names(pod, owners),
        process.accounting(),
        process.attachment(),
        life.life(who.remove() ? "no" : defaults.restart()),
        runtime.get().orElse(null),
        pod == null ? null : pod.member(false),
        security.automaticIds(),
        network.exposed(),
        mounts.secrets(tools.store()),
        namespaces.modes(owners));
  }

  private RunRequest.Names names(@Nullable Pod pod, Map<String, NamespaceOwner> owners) {
    boolean own = hasOwnNetwork(pod, owners);
    var asked = names.names(namespaces.sharesHostname(owners), hostname(pod, owners), own);
    var all = pod == null ? asked : asked.in(pod.defaults().names());
    if (own) {
      return all.asking(ContainerNetwork.NAME_SERVER)
          .naming(ContainerNetwork.hostAddress(), HOST_NAMES);
    }
    boolean shared =
        owners.get("network") == null && (pod == null ? network.isHost() : pod.isOnHost());
    return shared ? all.naming("127.0.0.1", HOST_NAMES) : all;
  }

  /// That of whose uts namespace it is in.
  private static @Nullable String hostname(@Nullable Pod pod, Map<String, NamespaceOwner> owners) {
    var owner = owners.get("uts");
    if (owner != null) {
      return owner.config().hostname();
    }
    return pod != null && pod.shares("uts") ? pod.hostname() : null;
  }

  private boolean hasOwnNetwork(@Nullable Pod pod, Map<String, NamespaceOwner> owners) {
    var owner = owners.get("network");
    if (owner != null) {
      return ContainerNetwork.isWanted(owner.config().annotations());
    }
    return pod == null ? network.isPrivate() : pod.hasNetwork() && pod.network().equals("private");
  }

  private ContainerRequest container(@Nullable Pod pod, Map<String, NamespaceOwner> owners) {
    var request =
        ContainerRequest.of(List.of())
            .with(draft -> {
              process.apply(draft);
              mounts.apply(draft);
              security.apply(draft, pod == null ? List.of() : pod.defaults().security());
              namespaces.apply(draft, owners);
              devices.apply(draft);
              kernel.apply(draft);
              draft.annotations = identity.annotations();
              draft.resources = limits.limits();
            });
    return KernelFlags.checked(
        pod != null && pod.infraId() != null && pod.shares("net")
            ? network.apply(request, pod, pods.isNew())
            : network.apply(request, owners.get("network")));
  }

  private BaseImages images(RunRequest request) {
    var err = options.err();
    return new BaseImages(
        tools.transports(),
        tools.policy(),
        request.platform(),
        request.pull(),
        quiet.getAsBoolean() ? Progress.SILENT : new ConsoleProgress(err),
        name -> {
          if (!quiet.getAsBoolean()) {
            err.println("Trying to pull " + name + "...");
            err.flush();
          }
        });
  }

  void warnWithoutTerminal(RunRequest request) {
    if (request.container().terminal() && request.attachment().in() && !HostTerminal.isPresent()) {
      options
          .err()
          .println(
              LogLine.warning(
                  "The input device is not a TTY. The --tty and --interactive flags might not work"
                      + " properly"));
      options.err().flush();
    }
  }
}
