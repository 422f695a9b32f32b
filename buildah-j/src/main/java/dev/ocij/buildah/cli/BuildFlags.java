package dev.ocij.buildah.cli;

import dev.ocij.buildah.base.Pull;
import dev.ocij.buildah.build.BuildRequest;
import dev.ocij.buildah.context.IgnoreFile;
import dev.ocij.buildah.plan.PlanRequest;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.name.Location;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import dev.ocij.transport.Transport;
import dev.ocij.transport.Transports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

  private final Supplier<List<String>> files;
  private final Supplier<List<String>> tags;
  private final Supplier<List<String>> buildArgs;
  private final Supplier<List<String>> labels;
  private final Supplier<Optional<String>> target;
  private final Supplier<Optional<String>> from;
  private final Supplier<Optional<String>> ignoreFile;
  private final Supplier<Optional<String>> platform;
  private final Supplier<Optional<String>> format;
  private final Supplier<Optional<String>> network;
  private final Supplier<Optional<String>> pull;
  private final Supplier<Optional<Instant>> timestamp;
  private final BooleanSupplier noCache;

  BuildFlags(Options options) {
    files = options.texts("-f, --file", "PATH", "the Containerfile");
    tags = options.texts("-t, --tag", "NAME", "a name for the image, or transport:reference");
    buildArgs = options.texts("--build-arg", "NAME=VALUE", "a value for ARG");
    labels = options.texts("--label", "NAME=VALUE", "a label of the image");
    target = options.text("--target", "STAGE", "build this stage");
    from = options.text("--from", "IMAGE", "in place of the first FROM's");
    ignoreFile = options.text("--ignorefile", "PATH", "what to leave out of the context");
    platform = options.text("--platform", "OS/ARCH", "build for this platform");
    format = options.text("--format", "oci|docker", "the documents of the image");
    network = options.text("--network", "host|none", "the network of RUN");
    pull = options.text("--pull", "always|missing|never|newer", "when to fetch bases");
    timestamp =
        options.value(
            "--timestamp",
            "SECONDS",
            Instant.class,
            seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)),
            "the time of everything that is made");
    noCache = options.flag("--no-cache", "do every step anew");
    accepted(options);
  }

  /// What scripts say and what is so in any case, or changes nothing here.
  private static void accepted(Options options) {
    for (var name : List.of("--layers", "--rm", "--force-rm", "-D, --disable-compression")) {
      options.flag(name, "accepted; it changes nothing here");
    }
    options.text("--isolation", "KIND", "accepted; the best that the machine allows is taken");
    options.text("--jobs", "N", "accepted; it changes nothing here yet");
  }

  /// The Containerfile of a context.
  Path containerfile(Path context) {
    var given = files.get();
    if (given.size() > 1) {
      throw new OciException(
          OciException.Category.UNSUPPORTED, "several --file options are not implemented yet");
    }
    if (given.size() == 1) {
      var direct = Path.of(given.getFirst());
      return Files.exists(direct) ? direct : context.resolve(direct);
    }
    return USUAL_NAMES.stream()
        .map(context::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> missing(context));
  }

  /// What a context leaves out.
  IgnoreFile ignored(Path containerfile, Path context) {
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
  BuildRequest request(Path containerfile, Transports transports) {
    var built = platform.get().map(Platform::parse).orElseGet(Platform::host);
    return new BuildRequest(
        Containerfile.read(containerfile),
        new PlanRequest(
            values(buildArgs.get(), System.getenv()),
            target.get().orElse(null),
            built,
            Platform.host(),
            Set.of(),
            from.get().orElse(null),
            true),
        built,
        tags.get().stream().map(tag -> location(tag, transports)).toList(),
        isDocker(),
        values(labels.get(), Map.of()),
        network.get().orElse("host"),
        timestamp.get().orElse(null),
        !noCache.getAsBoolean(),
        Pull.parse(pull.get().orElse("missing")));
  }

  /// A name without a transport is one of the local store.
  private static Location location(String tag, Transports transports) {
    int colon = tag.indexOf(':');
    boolean hasTransport =
        colon > 0
            && transports.all().stream()
                .map(Transport::name)
                .anyMatch(name -> name.equals(tag.substring(0, colon)));
    return hasTransport
        ? Location.parse(tag)
        : new Location("containers-storage", LocalNames.complete(tag));
  }

  /// `NAME=VALUE`, or `NAME` for the value of that variable, where it is set.
  private static Map<String, String> values(List<String> given, Map<String, String> environment) {
    var values = new LinkedHashMap<String, String>();
    for (var text : given) {
      int equals = text.indexOf('=');
      var name = equals < 0 ? text : text.substring(0, equals);
      var value = equals < 0 ? environment.get(name) : text.substring(equals + 1);
      if (value != null) {
        values.put(name, value);
      }
    }
    return values;
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
