package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Arg;
import dev.ocij.buildah.instruction.From;
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

  private final Set<String> declared = new HashSet<>();
  private final Set<String> stages = new HashSet<>();
  private List<Finding> found = new ArrayList<>();

  /// An ARG before the first FROM.
  void declare(Arg arg) {
    arg.declarations().forEach(each -> declared.add(each.name()));
  }

  List<Finding> of(From from) {
    found = new ArrayList<>();
    checkName(from);
    checkPlatform(from);
    checkVariables(from, from.image());
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
    if (!words[words.length - 1].equals(name)) {
      add(from, Rule.STAGE_NAME_CASING, "write %s in small letters".formatted(Quoted.of(name)));
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

  private static boolean isCapital(String word) {
    return word.equals(word.toUpperCase(Locale.ROOT));
  }

  private void add(From from, Rule rule, String sentence) {
    found.add(Finding.of(from, rule, sentence));
  }
}
