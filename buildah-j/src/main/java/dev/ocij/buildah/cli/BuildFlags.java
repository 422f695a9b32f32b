package dev.ocij.buildah.cli;

import dev.ocij.buildah.base.Pull;
import dev.ocij.buildah.build.BuildRequest;
import dev.ocij.buildah.context.IgnoreFile;
import dev.ocij.buildah.plan.BuildArguments;
import dev.ocij.buildah.plan.PlanRequest;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.name.Location;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.spec.Quoted;
import dev.ocij.term.LaterFlags;
import dev.ocij.term.Options;
import dev.ocij.transport.Transports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What `build` may be told about the image: which Containerfile, with which values, to where.
final class BuildFlags {
  private static final List<String> USUAL_NAMES = List.of("Containerfile", "Dockerfile");
  private static final String STANDARD_INPUT = "-";

  private final Supplier<List<String>> files;
  private final Supplier<List<String>> tags;
  private final Supplier<List<String>> buildArgs;
  private final Supplier<List<String>> buildArgFiles;
  private final Supplier<List<String>> env;
  private final Supplier<Optional<String>> target;
  private final Supplier<Optional<String>> from;
  private final Supplier<Optional<String>> ignoreFile;
  private final Supplier<Optional<String>> format;
  private final Supplier<Optional<String>> network;
  private final Supplier<Optional<String>> pull;
  private final TimeFlags times;
  private final Supplier<Optional<Boolean>> skipUnused;
  private final Supplier<Optional<Boolean>> httpProxy;
  private final BooleanSupplier noCache;
  private final BooleanSupplier squash;
  private final PlatformFlags platform;
  private final FinishFlags finish;
  private final LaterFlags later;

  BuildFlags(Options options) {
    files = options.texts("-f, --file", "PATH", "the Containerfile; - is standard input");
    tags = options.texts("-t, --tag", "NAME", "a name for the image, or transport:reference");
    buildArgs = options.texts("--build-arg", "NAME[=VALUE]", "a value for ARG");
    buildArgFiles = options.texts("--build-arg-file", "PATH", "values for ARG, one a line");
    env = options.texts("--env", "NAME[=VALUE]", "a variable of the image and of all steps");
    target = options.text("--target", "STAGE", "build this stage");
    from = options.text("--from", "IMAGE", "in place of the first FROM's");
    ignoreFile = options.text("--ignorefile", "PATH", "what to leave out of the context");
    format = options.text("--format", "oci|docker", "the documents of the image");
    network = options.text("--network", "host|none", "the network of RUN");
    pull = options.text("--pull", "always|missing|never|newer", "when to fetch bases");
    times = new TimeFlags(options);
    skipUnused = options.choice("--skip-unused-stages", "build only stages that are needed");
    httpProxy = options.choice("--http-proxy", "pass the proxies of the environment to RUN");
    noCache = options.flag("--no-cache", "do every step anew");
    squash = options.flag("--squash", "make one layer of all, those of the base included");
    platform = new PlatformFlags(options);
    finish = new FinishFlags(options);
    accepted(options);
    later = later(new LaterFlags(options));
  }

  /// What scripts say and what is so in any case, or changes nothing here.
  private static void accepted(Options options) {
    for (var name :
        List.of(
            "--layers",
            "--rm",
            "--force-rm",
            "-D, --disable-compression",
            "--compress",
            "--disable-content-trust")) {
      options.flag(name, "accepted; it changes nothing here");
    }
    options.texts("--layer-label", "NAME=VALUE", "accepted; there are no intermediate images");
    options.text("--isolation", "KIND", "accepted; the best that the machine allows is taken");
    options.text("--jobs", "N", "accepted; it changes nothing here yet");
  }

  private static LaterFlags later(LaterFlags later) {
    return later
        .switches("--all-platforms", "--compat-volumes", "--no-hostname", "--no-hosts")
        .switches("--stdin")
        .alwaysOn("--inherit-annotations", "--inherit-labels")
        .values("--add-host", "--cache-from", "--cache-to", "--cache-ttl", "--cap-add")
        .values("--cap-drop", "--cgroup-parent", "--cgroupns", "--cpp-flag", "--cpu-period")
        .values("--cpu-quota", "-c, --cpu-shares", "--cpuset-cpus", "--cpuset-mems", "--cw")
        .values("--decryption-key", "--device", "--dns", "--dns-option", "--dns-search")
        .values("--group-add", "--hooks-dir", "--ipc", "--manifest", "-m, --memory")
        .values("--memory-swap", "--os-feature", "--os-version", "-o, --output", "--pid")
        .values("--runtime", "--runtime-flag", "--sbom", "--security-opt")
        .values("--shm-size", "--sign-by", "--ulimit")
        .values("--unsetannotation", "--userns", "--userns-gid-map", "--userns-uid-map")
        .values("--userns-gid-map-group", "--userns-uid-map-user", "--uts", "-v, --volume");
  }

  /// The Containerfiles of a context, which are read as one.
  List<Containerfile> containerfiles(Path context) throws IOException {
    var read = new ArrayList<Containerfile>();
    for (var file : names(context)) {
      read.add(
          file.equals(STANDARD_INPUT)
              ? Containerfile.parse("<stdin>", System.in.readAllBytes())
              : Containerfile.read(Path.of(file)));
    }
    return read;
  }

  private List<String> names(Path context) {
    if (!files.get().isEmpty()) {
      return files.get().stream().map(name -> found(name, context)).toList();
    }
    return USUAL_NAMES.stream()
        .map(context::resolve)
        .filter(Files::exists)
        .findFirst()
        .map(path -> List.of(path.toString()))
        .orElseThrow(() -> missing(context));
  }

  private static String found(String name, Path context) {
    boolean isDirect = name.equals(STANDARD_INPUT) || Files.exists(Path.of(name));
    return isDirect ? name : context.resolve(name).toString();
  }

  /// What a context leaves out.
  IgnoreFile ignored(Path context) {
    var first = names(context).getFirst();
    var containerfile = first.equals(STANDARD_INPUT) ? null : Path.of(first);
    return ignoreFile
        .get()
        .map(Path::of)
        .or(() -> IgnoreFile.find(containerfile, context))
        .map(IgnoreFile::read)
        .orElse(IgnoreFile.NONE);
  }

  /// The build that was asked for.
  ///
  /// @param transports whose names a tag may begin with
  BuildRequest request(List<Containerfile> containerfiles, Transports transports) {
    later.refuse();
    var asked = platform.asked();
    var built = asked == null ? Platform.host() : asked;
    var arguments = arguments(System.getenv());
    var known = new LinkedHashMap<>(System.getenv());
    known.putAll(arguments);
    var stamp = times.times(known);
    times.epoch(known).ifPresent(epoch -> arguments.put(TimeFlags.EPOCH, epoch));
    return new BuildRequest(
        containerfiles,
        new PlanRequest(
            arguments,
            target.get().orElse(null),
            built,
            Platform.host(),
            Set.of(),
            from.get().orElse(null),
            skipUnused.get().orElse(true)),
        built,
        targets(transports),
        isDocker(),
        Assignments.parse(env.get(), System.getenv()).entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .toList(),
        squash.getAsBoolean(),
        finish.finish(stamp.created() != null, asked),
        network.get().orElse("host"),
        stamp,
        !noCache.getAsBoolean(),
        Pull.parse(pull.get().orElse("missing")));
  }

  /// What is given on the line beats what stands in files, and that the proxies of the environment.
  private Map<String, String> arguments(Map<String, String> environment) {
    var values = new LinkedHashMap<String, String>();
    if (httpProxy.get().orElse(true)) {
      environment.forEach((name, value) -> {
        if (BuildArguments.isProxy(name)) {
          values.put(name, value);
        }
      });
    }
    for (var file : buildArgFiles.get()) {
      values.putAll(Assignments.parse(Assignments.readFile(file), environment));
    }
    values.putAll(Assignments.parse(buildArgs.get(), environment));
    return values;
  }

  /// Without a name the image is in the local store, too.
  private List<Location> targets(Transports transports) {
    return tags.get().isEmpty()
        ? List.of(new Location("containers-storage", ""))
        : tags.get().stream().map(tag -> LocalNames.target(tag, transports)).toList();
  }

  private boolean isDocker() {
    var asked =
        format.get().or(() -> Optional.ofNullable(System.getenv("BUILDAH_FORMAT"))).orElse("oci");
    return switch (asked) {
      case "oci" -> false;
      case "docker" -> true;
      default -> throw unknown("format", asked, "oci or docker");
    };
  }

  private static OciException unknown(String what, String value, @Nullable String expected) {
    return new OciException(
        OciException.Category.USAGE,
        "unknown %s %s: expected %s".formatted(what, Quoted.of(value), expected));
  }

  private static OciException missing(Path context) {
    return new OciException(
        OciException.Category.NOT_FOUND,
        "find a Containerfile in %s: there is no Containerfile and no Dockerfile; name one with --file"
            .formatted(Quoted.of(context.toString())));
  }
}
