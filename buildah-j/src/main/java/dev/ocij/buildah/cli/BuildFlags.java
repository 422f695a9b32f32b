package dev.ocij.buildah.cli;

import dev.ocij.buildah.base.Pull;
import dev.ocij.buildah.build.BasePlatforms;
import dev.ocij.buildah.build.BuildRequest;
import dev.ocij.buildah.build.FileOutput;
import dev.ocij.buildah.build.SayRequest;
import dev.ocij.buildah.plan.BuildArguments;
import dev.ocij.buildah.plan.Origin;
import dev.ocij.buildah.sourcepolicy.PolicyImages;
import dev.ocij.buildah.sourcepolicy.SourcePolicy;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.name.Location;
import dev.ocij.spec.Platform;
import dev.ocij.term.LaterFlags;
import dev.ocij.term.OpenPgpKeyFlags;
import dev.ocij.term.Options;
import dev.ocij.transport.Transports;
import dev.ocij.transport.local.LocalTransport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What `build` may be told about the image: which Containerfile, with which values, to where.
final class BuildFlags {
  private final Supplier<List<String>> tags;
  private final ArgumentFlags arguments;
  private final StageFlags stages;
  private final Supplier<List<String>> env;
  private final Supplier<Optional<String>> format;
  private final RunStepFlags runs;
  private final Supplier<Optional<String>> pull;
  private final TimeFlags times;
  private final CacheFlags cache;
  private final BooleanSupplier squash;
  private final PlatformFlags platform;
  private final BooleanSupplier allPlatforms;
  private final OpenPgpKeyFlags signBy;
  private final Supplier<List<String>> hooks;
  private final FinishFlags finish;
  private final Supplier<List<String>> outputs;
  private final Supplier<List<String>> manifest;
  private final SayFlags say;
  private final IsolationFlag isolation;
  private final SourcePolicyFlag sources;
  private final RuntimeFlag runtime;
  private final LaterFlags later;

  /// @param runtime that is to run containers
  BuildFlags(Options options, RuntimeFlag runtime) {
    this.runtime = runtime;
    tags = options.texts("-t, --tag", "NAME", "a name for the image, or transport:reference");
    arguments = new ArgumentFlags(options);
    env = options.texts("--env", "NAME[=VALUE]", "a variable of the image and of all steps");
    stages = new StageFlags(options);
    format =
        options.text("--format", "oci|docker", "the documents of the image; json with --check");
    runs = new RunStepFlags(options);
    pull =
        options.attachedText(
            "--pull", "always|missing|never|newer", "always", "when to fetch bases");
    times = new TimeFlags(options);
    cache = new CacheFlags(options);
    squash =
        options.flag("--squash, --squash-all", "make one layer of all, those of the base included");
    platform = new PlatformFlags(options);
    allPlatforms = options.flag("--all-platforms", "build for all that the bases have in common");
    signBy = new OpenPgpKeyFlags(options);
    hooks = options.texts("--hooks-dir", "DIR", "accepted where it has no hooks");
    finish = new FinishFlags(options);
    outputs =
        options.texts("-o, --output", "type=local|tar,dest=PATH", "write the files here, too");
    manifest = options.texts("--manifest", "LIST", "add the image to this list");
    say = new SayFlags(options);
    isolation = new IsolationFlag(options);
    sources = new SourcePolicyFlag(options);
    accepted(options);
    later = new LaterFlags(options).values("--cw");
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
  }

  /// Whether the result is a list of images.
  boolean isList() {
    return !manifest.get().isEmpty() || platform.all().size() > 1 || allPlatforms.getAsBoolean();
  }

  /// The names for the image as they were given.
  List<String> tags() {
    return Stream.concat(manifest.get().stream(), tags.get().stream()).toList();
  }

  /// Whether the findings of `--check` are wanted as JSON.
  boolean isJson() {
    return format.get().filter("json"::equals).isPresent();
  }

  /// The first platform that is built for.
  Platform platform() {
    return platform.all().stream().findFirst().orElse(Platform.host());
  }

  /// What may be taken from elsewhere.
  SourcePolicy sources() {
    return sources.policy();
  }

  SayFlags say() {
    return say;
  }

  /// Why a limit that was asked for is not kept on this machine, where that is so.
  Optional<String> obstacle() {
    return runs.obstacle();
  }

  List<FileOutput> outputs() {
    return outputs.get().stream().map(FileOutput::parse).toList();
  }

  /// The builds that were asked for, one for each platform.
  ///
  /// @param transports whose names a tag may begin with
  /// @param contexts what the names of further contexts stand for
  List<BuildRequest> requests(
      List<Containerfile> containerfiles, Map<String, Origin> contexts, Transports transports)
      throws IOException {
    later.refuse();
    isolation.check();
    runtime.check();
    HookFolders.check(hooks.get());
    if (isList() && !outputs.get().isEmpty()) {
      throw LaterFlags.notYet("--output of a list of images");
    }
    say.check(isList());
    var said = say.request();
    var asked = platforms(containerfiles, contexts, transports, said);
    return asked.isEmpty()
        ? List.of(request(containerfiles, contexts, transports, said, null))
        : asked.stream()
            .map(each -> request(containerfiles, contexts, transports, said, each))
            .toList();
  }

  private List<Platform> platforms(
      List<Containerfile> containerfiles,
      Map<String, Origin> contexts,
      Transports transports,
      SayRequest said)
      throws IOException {
    var named = platform.all();
    if (!allPlatforms.getAsBoolean()) {
      return named;
    }
    if (!named.isEmpty()) {
      throw OrderedArguments.usage("--all-platforms may not be used with --platform");
    }
    var plan = request(containerfiles, contexts, transports, said, null).plan();
    return new BasePlatforms(transports, new PolicyImages(sources(), transports))
        .of(containerfiles, plan);
  }

  /// What is said of checks in place of what files say; null for nothing.
  @Nullable String check() {
    return arguments.arguments(System.getenv()).get(BuildArguments.CHECK);
  }

  /// Whether `.git` of a context that is a repository is copied, too.
  boolean keepsGitDir() {
    var value = arguments.arguments(System.getenv()).getOrDefault(BuildArguments.KEEP_GIT_DIR, "");
    return value.equals("1") || value.equalsIgnoreCase("true");
  }

  private BuildRequest request(
      List<Containerfile> containerfiles,
      Map<String, Origin> contexts,
      Transports transports,
      SayRequest said,
      @Nullable Platform asked) {
    var built = asked == null ? Platform.host() : asked;
    var values = arguments.arguments(System.getenv());
    var known = new LinkedHashMap<>(System.getenv());
    known.putAll(values);
    var stamp = times.times(known);
    times.epoch(known).ifPresent(epoch -> values.put(TimeFlags.EPOCH, epoch));
    return new BuildRequest(
        containerfiles,
        stages.plan(values, built, contexts),
        built,
        targets(transports),
        outputs(),
        Formats.isDocker(format),
        Assignments.parse(env.get(), System.getenv()).entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .toList(),
        squash.getAsBoolean(),
        finish.finish(stamp.created() != null, asked),
        runs.settings(isolation.isChroot() ? null : runtime.runtime()),
        stamp,
        cache.settings(),
        Pull.parse(pull.get().orElse("missing")),
        said,
        signBy.signers(),
        stages.atOnce(),
        stages.saved());
  }

  /// Without a name the image is in the local store, too.
  private List<Location> targets(Transports transports) {
    var names = tags();
    return names.isEmpty()
        ? List.of(LocalTransport.location(""))
        : names.stream().map(tag -> LocalNames.target(tag, transports)).toList();
  }
}
