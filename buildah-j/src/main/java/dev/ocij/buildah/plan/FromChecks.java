package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Arg;
import dev.ocij.buildah.instruction.From;
import dev.ocij.buildah.text.Expansion;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.name.Reference;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Platform;
import dev.ocij.spec.Quoted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Looks at FROM for what somebody will regret.
final class FromChecks {
  private static final Set<String> RESERVED = Set.of("scratch", "context");
  private static final Pattern GIVEN =
      Pattern.compile("(TARGET|BUILD)(PLATFORM|OS|ARCH|VARIANT)|TARGETSTAGE");

  /// A variable; with an operator behind it that helps where it is not set.
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)(:?[-+?])?");

  private static final Pattern TARGET = Pattern.compile("\\$(TARGETPLATFORM|\\{TARGETPLATFORM})");

  /// What is no name of an image alone.
  private static final Pattern ELSEWHERE =
      Pattern.compile("[a-z-]+://.*|(oci|dir|containers-storage|[a-z-]+-(archive|daemon)):.*");

  private final Surroundings surroundings;
  private final Set<String> declared = new HashSet<>();
  private final Set<String> stages = new HashSet<>();
  private BuildArguments arguments;
  private List<Finding> found = new ArrayList<>();

  FromChecks(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.arguments = BuildArguments.of(PlanRequest.of(surroundings.platform()));
  }

  /// An ARG before the first FROM.
  void declare(Arg arg) {
    arg.declarations().forEach(each -> declared.add(each.name()));
    arguments = arguments.declare(arg);
  }

  List<Finding> of(From from) {
    found = new ArrayList<>();
    checkName(from);
    checkPlatform(from);
    checkVariables(from, from.image());
    checkDefault(from);
    checkBase(from);
    return found;
  }

  private void checkName(From from) {
    var name = from.name();
    if (name == null) {
      return;
    }
    if (!stages.add(name)) {
      add(
          from,
          Rule.DUPLICATE_STAGE_NAME,
          "there is an earlier stage %s".formatted(Quoted.of(name)));
    }
    if (RESERVED.contains(name)) {
      add(from, Rule.RESERVED_STAGE_NAME, "%s means something else".formatted(Quoted.of(name)));
    }
    var words = from.written().line().strip().split("\\s+");
    var typed = words[words.length - 1];
    if (!typed.equals(name)) {
      add(from, Rule.STAGE_NAME_CASING, "write %s in small letters".formatted(Quoted.of(typed)));
    }
    var as = words[words.length - 2];
    if (isCapital(as) != isCapital(words[0])) {
      add(from, Rule.FROM_AS_CASING, "write %s as %s".formatted(Quoted.of(as), words[0]));
    }
  }

  private void checkPlatform(From from) {
    var platform = from.platform();
    if (platform == null) {
      return;
    }
    checkVariables(from, platform);
    if (TARGET.matcher(platform).matches()) {
      add(from, Rule.REDUNDANT_TARGET_PLATFORM, "that is the platform without --platform, too");
    }
    var parts = List.of(platform.toString().split("/"));
    var name = from.name();
    boolean named = name != null && parts.stream().anyMatch(name::contains);
    if (!platform.contains("$") && !named) {
      add(
          from,
          Rule.FROM_PLATFORM_FLAG_CONST_DISALLOWED,
          "the stage has this platform whatever is built; leave it to the caller");
    }
  }

  private void checkVariables(From from, CharSequence text) {
    VARIABLE
        .matcher(text)
        .results()
        .filter(each -> each.group(2) == null)
        .map(each -> each.group(1))
        .filter(name -> !declared.contains(name) && !GIVEN.matcher(name).matches())
        .forEach(name ->
            add(
                from,
                Rule.UNDEFINED_ARG_IN_FROM,
                "no ARG before the first FROM declares %s".formatted(Quoted.of(name))));
  }

  /// The image that FROM names where the caller gives no argument.
  String image(From from) {
    return expanded(from, from.image());
  }

  private String expanded(From from, SourceText text) {
    return new Expansion(from.written().escape(), arguments.inFrom()).word(text);
  }

  private void checkDefault(From from) {
    var image = image(from);
    boolean broken =
        from.image().contains("$")
            && found.stream().noneMatch(each -> each.rule() == Rule.UNDEFINED_ARG_IN_FROM)
            && !ELSEWHERE.matcher(image).matches()
            && Reference.find(image).isEmpty();
    if (broken) {
      add(
          from,
          Rule.INVALID_DEFAULT_ARG_IN_FROM,
          "without arguments this is %s, which is no image; give ARG a default"
              .formatted(Quoted.of(image)));
    }
  }

  private void checkBase(From from) {
    var image = image(from);
    var platform = from.platform();
    var text = platform == null ? "" : expanded(from, platform);
    var wanted = text.isEmpty() ? surroundings.platform() : Platform.parse(text);
    if (stages.contains(image)) {
      return;
    }
    surroundings
        .bases()
        .apply(image)
        .map(ImageConfig::platform)
        .filter(found ->
            !found.os().equals(wanted.os()) || !found.architecture().equals(wanted.architecture()))
        .ifPresent(found ->
            add(
                from,
                Rule.INVALID_BASE_IMAGE_PLATFORM,
                "%s is for %s, and this is built for %s"
                    .formatted(Quoted.of(image), found, wanted)));
  }

  private static boolean isCapital(String word) {
    return word.equals(word.toUpperCase(Locale.ROOT));
  }

  private void add(From from, Rule rule, String sentence) {
    found.add(Finding.of(from, rule, sentence));
  }
}
