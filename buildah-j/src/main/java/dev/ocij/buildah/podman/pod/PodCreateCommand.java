package dev.ocij.buildah.podman.pod;

import dev.ocij.buildah.life.PodLife;
import dev.ocij.buildah.podman.OwnLine;
import dev.ocij.buildah.podman.PodDefaultFlags;
import dev.ocij.buildah.podman.Values;
import dev.ocij.buildah.run.ContainerCreation;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.PodCreation;
import dev.ocij.buildah.run.PodDefaults;
import dev.ocij.buildah.run.PodRequest;
import dev.ocij.buildah.run.Pods;
import dev.ocij.buildah.run.PublishedPort;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `pod create [NAME]`: makes a pod, and starts nothing.
final class PodCreateCommand implements Command {
  /// Networks with a way out, whichever program carries them.
  private static final List<String> CARRIED = List.of("bridge", "default", "pasta", "slirp4netns");

  private final Options options = Options.of(this, "Make a pod.");
  private final Supplier<List<String>> names = options.arguments("NAME", 0, "of the pod");
  private final Supplier<Optional<String>> name = options.text("-n, --name", "NAME", "of the pod");
  private final Supplier<Optional<Boolean>> infra =
      options.choice("--infra", "a container that holds what is shared; default: true");
  private final Supplier<Optional<String>> infraName =
      options.text("--infra-name", "NAME", "of that container");
  private final Supplier<Optional<String>> share =
      options.text("--share", "ipc,net,uts", "what is shared; empty or none for nothing");
  private final Supplier<List<String>> ports =
      options.texts("-p, --publish", "[[IP:]HOSTPORT:]PORT[/PROTOCOL]", "a port of the host too");
  private final Supplier<Optional<String>> network =
      options.text("--network, --net", "private|none|host", "the network; default: private");
  private final Supplier<Optional<String>> hostname =
      options.text("-h, --hostname", "NAME", "of all containers; default: the pod's name");
  private final Supplier<List<String>> labels =
      options.texts("-l, --label", "KEY=VALUE", "a label of the pod");
  private final Supplier<List<String>> labelFiles =
      options.texts("--label-file", "PATH", "labels, one a line");
  private final Supplier<Optional<String>> exitPolicy =
      options.text("--exit-policy", "continue|stop", "when the last of its containers has ended");
  private final Supplier<Optional<String>> idFile =
      options.text("--pod-id-file", "PATH", "write the pod's id here");
  private final BooleanSupplier replace =
      options.flag("--replace", "remove a pod of the name first");
  private final Supplier<Optional<String>> monitorFile =
      options.text(
          "--infra-conmon-pidfile",
          "PATH",
          "write the number of the process that waits for the infra container here");
  private final PodDefaultFlags defaults = new PodDefaultFlags(options);
  private final StoreFlags store;

  PodCreateCommand(StoreFlags store) {
    this.store = store;
    options.flag("--share-parent", "accepted; it changes nothing here");
    options.text("--infra-image", "NAME", "accepted; its program is part of this tool");
    options.text("--infra-command", "COMMAND", "accepted; its program is part of this tool");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var opened = store.store();
    var request = request();
    if (request.replace()) {
      makeRoom(opened, request);
    }
    opened.create();
    Files.createDirectories(opened.pods());
    var pod = new PodCreation(opened, ContainerCreation.withoutImages(opened)).create(request);
    if (idFile.get().isPresent()) {
      Files.writeString(Path.of(idFile.get().get()), pod.id());
    }
    options.out().println(pod.id());
    return ExitCode.OK;
  }

  private PodRequest request() {
    var asked = network.get().orElse("private");
    var net = CARRIED.contains(asked) ? "private" : asked;
    if (!List.of("private", "none", "host").contains(net)) {
      throw Values.usage(
          "pod create --network %s is not implemented yet: private, none and host are"
              .formatted(net));
    }
    var published =
        ports.get().stream()
            .flatMap(text -> PublishedPort.parse(text).stream())
            .map(PublishedPort::chosen)
            .toList();
    var shared = shared();
    if (!published.isEmpty()
        && (net.equals("none") || net.equals("host") || !shared.contains("net") || !isInfra())) {
      throw Values.usage(
          "publish ports of a pod: they need a private network that its infra container holds");
    }
    var ids = defaults.ids();
    var automaticIds = defaults.automaticIds();
    boolean strange = !net.equals("host") && !shared.contains("net");
    if ((ids != null || automaticIds != null) && (!isInfra() || strange)) {
      throw Values.usage(
          "make a pod with a user namespace of its own: its infra container holds that and the"
              + " network; --infra and --share net are needed");
    }
    return new PodRequest(
        name(),
        replace.getAsBoolean(),
        Values.pairs(Stream.concat(Values.lines(labelFiles.get()).stream(), labels.get().stream())),
        hostname.get().orElse(null),
        isInfra(),
        infraName.get().orElse(null),
        shared,
        ids,
        automaticIds,
        net,
        published,
        policy(),
        defaults(net),
        monitorFile.get().map(Values::wholePath).orElse(null),
        OwnLine.words());
  }

  private PodDefaults defaults(String net) {
    boolean own = isInfra() && shared().contains("net") && net.equals("private");
    return defaults.defaults(own);
  }

  private boolean isInfra() {
    return infra.get().orElse(true);
  }

  private @Nullable String name() {
    if (names.get().size() > 1 || (name.get().isPresent() && !names.get().isEmpty())) {
      throw Values.usage("cannot specify both --name and a name, or several");
    }
    var given = names.get().isEmpty() ? name.get().orElse(null) : names.get().getFirst();
    if (given == null && replace.getAsBoolean()) {
      throw Values.usage("cannot replace pod without --name being set");
    }
    return given;
  }

  private List<String> shared() {
    var text = share.get().orElse(String.join(",", PodRequest.USUALLY_SHARED));
    if (text.isEmpty() || text.equals("none")) {
      return List.of();
    }
    var types = List.of(text.split(","));
    for (var type : types) {
      if (!PodRequest.USUALLY_SHARED.contains(type)) {
        throw Values.usage(
            "pod create --share %s: ipc, net and uts can be shared".formatted(Quoted.of(type)));
      }
    }
    return types;
  }

  private String policy() {
    var policy = exitPolicy.get().orElse("continue");
    return switch (policy) {
      case "continue", "stop" -> policy;
      default ->
          throw Values.usage(
              "invalid pod exit policy: %s: expected continue or stop"
                  .formatted(Quoted.of(policy)));
    };
  }

  private static void makeRoom(Store opened, PodRequest request) throws IOException {
    var pods = new Pods(opened);
    try {
      var old = pods.find(String.valueOf(request.name()));
      new PodLife(pods, new Containers(opened)).remove(old, true);
    } catch (OciException e) {
      if (e.category() != OciException.Category.NOT_FOUND) {
        throw e;
      }
    }
  }
}
