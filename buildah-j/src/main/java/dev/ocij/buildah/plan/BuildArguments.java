package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Arg;
import dev.ocij.buildah.text.Expansion;
import dev.ocij.buildah.text.Variables;
import dev.ocij.spec.Platform;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The arguments of a build outside of its stages: what the caller gives, what every build has, and
/// what is declared before the first FROM.
///
/// @param given by the caller
/// @param platforms `TARGETPLATFORM` and its kin, and `TARGETSTAGE`
/// @param global declared before the first FROM, with their values
public record BuildArguments(
    Map<String, String> given, Map<String, String> platforms, Map<String, String> global) {
  /// Proxies are passed to RUN without a declaration, and are then part of nothing.
  private static final Set<String> PROXIES =
      Stream.of("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY")
          .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT)))
          .collect(Collectors.toUnmodifiableSet());

  /// The time that programs take in place of the clock's; RUN gets it where it is declared.
  private static final String EPOCH = "SOURCE_DATE_EPOCH";

  /// What such arguments begin with is for builders; some mean nothing to this one.
  private static final String BUILDER = "BUILDKIT_";

  /// `1` where the context is a repository whose `.git` is to be copied, too.
  public static final String KEEP_GIT_DIR = "BUILDKIT_CONTEXT_KEEP_GIT_DIR";

  /// What counts in place of the directive `check`.
  public static final String CHECK = "BUILDKIT_DOCKERFILE_CHECK";

  /// Whether RUN gets this argument without a declaration.
  public static boolean isProxy(String name) {
    return PROXIES.contains(name);
  }

  static BuildArguments of(PlanRequest request) {
    var platforms = new LinkedHashMap<String, String>();
    put(platforms, "TARGET", request.platform());
    put(platforms, "BUILD", request.buildPlatform());
    var target = request.target();
    platforms.put("TARGETSTAGE", target == null || target.isEmpty() ? "default" : target);
    return new BuildArguments(request.buildArguments(), platforms, Map.of());
  }

  /// With these declared as global ones, each default seeing those before it.
  BuildArguments declare(Arg arg) {
    var more = new LinkedHashMap<>(global);
    for (var declaration : arg.declarations()) {
      var scope = new BuildArguments(given, platforms, more);
      var value = scope.value(declaration, new Expansion(arg.written().escape(), scope.inFrom()));
      if (value != null) {
        more.put(declaration.name(), value);
      }
    }
    return new BuildArguments(given, platforms, Collections.unmodifiableMap(more));
  }

  /// What a declaration gives the argument: the caller's value, else its default, else that of the
  /// global one or of the platform; null for none.
  @Nullable String value(Arg.Declaration declaration, Expansion expansion) {
    var byCaller = given.get(declaration.name());
    if (byCaller != null) {
      return byCaller;
    }
    return declaration.fallback() != null
        ? expansion.word(declaration.fallback())
        : global.getOrDefault(declaration.name(), platforms.get(declaration.name()));
  }

  /// What FROM sees.
  Variables inFrom() {
    return name -> global.containsKey(name) ? global.get(name) : platform(name);
  }

  /// The proxies that the caller gave.
  Map<String, String> proxies() {
    return given.entrySet().stream()
        .filter(argument -> PROXIES.contains(argument.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// Whether every build knows the argument, declared or not.
  boolean isPredefined(String name) {
    return PROXIES.contains(name)
        || platforms.containsKey(name)
        || name.equals(EPOCH)
        || name.startsWith(BUILDER);
  }

  private @Nullable String platform(String name) {
    return platforms.containsKey(name) ? given.getOrDefault(name, platforms.get(name)) : null;
  }

  private static void put(Map<String, String> arguments, String prefix, Platform platform) {
    arguments.put(prefix + "PLATFORM", platform.toString());
    arguments.put(prefix + "OS", platform.os());
    arguments.put(prefix + "ARCH", platform.architecture());
    arguments.put(prefix + "VARIANT", platform.variant() == null ? "" : platform.variant());
  }
}
