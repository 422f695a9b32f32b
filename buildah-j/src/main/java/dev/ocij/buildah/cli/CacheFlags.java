package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.CacheSettings;
import dev.ocij.name.Location;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import dev.ocij.term.template.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Which results of earlier builds `build` may use.
final class CacheFlags {
  private static final Pattern REPOSITORY = Pattern.compile("[^@]*?[^@:/]+/[^@:]+");

  private static final String PLACE = "DIR|REFERENCE";

  private final BooleanSupplier noCache;
  private final Supplier<List<String>> from;
  private final Supplier<List<String>> to;
  private final Supplier<Optional<String>> age;
  private final Supplier<List<String>> mountsFrom;
  private final Supplier<List<String>> mountsTo;

  CacheFlags(Options options) {
    noCache = options.flag("--no-cache", "do every step anew");
    from = options.texts("--cache-from", "REPOSITORY", "look for results of steps here, too");
    to = options.texts("--cache-to", "REPOSITORY", "give the results of steps to this one");
    mountsFrom =
        options.texts(
            "--cache-mounts-from", PLACE, "fill cache mounts that are not here from this");
    mountsTo =
        options.texts("--cache-mounts-to", PLACE, "write the cache mounts of the build here");
    age = options.text("--cache-ttl", "DURATION", "use no result that is older; 0: none");
  }

  CacheSettings settings() {
    var oldest = age.get().map(GoDuration::parse);
    boolean none = oldest.map(Duration::isZero).orElse(false);
    return new CacheSettings(
        !noCache.getAsBoolean() && !none,
        oldest.orElse(null),
        checked("--cache-from", from.get()),
        checked("--cache-to", to.get()),
        mountsFrom.get().stream().map(CacheFlags::place).toList(),
        mountsTo.get().stream().map(CacheFlags::place).toList());
  }

  /// A path has a slash or a dot at its start; the folder becomes an OCI layout.
  private static Location place(String text) {
    return text.startsWith("/") || text.startsWith(".")
        ? new Location("oci", text + ":cache-mounts")
        : new Location("docker", "//" + text);
  }

  private static List<String> checked(String option, List<String> repositories) {
    for (var each : repositories) {
      if (!REPOSITORY.matcher(each).matches()) {
        throw new OciException(
            OciException.Category.USAGE,
            "%s %s: expected a repository without a tag, as registry.example/team/cache"
                .formatted(option, Quoted.of(each)));
      }
    }
    return repositories;
  }
}
