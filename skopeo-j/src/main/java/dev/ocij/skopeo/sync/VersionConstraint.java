package dev.ocij.skopeo.sync;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Which versions are wanted: `>=1.2, <3 || ~4.1 || 5.x || 6.0 - 6.4`. A pre-release is wanted only
/// where the constraint names one.
public final class VersionConstraint {
  private static final Pattern RANGE = Pattern.compile("(\\S+)\\s+-\\s+(\\S+)");
  private static final Pattern TERM =
      Pattern.compile("(=|!=|>=|=>|<=|=<|>|<|~|\\^)?\\s*v?([0-9xX*][^\\s,<>=!~^]*)[\\s,]*");

  private final Predicate<Version> wanted;

  private VersionConstraint(Predicate<Version> wanted) {
    this.wanted = wanted;
  }

  /// @throws OciException where the text is none
  public static VersionConstraint parse(String text) {
    Predicate<Version> any = _ -> false;
    for (var alternative : text.split("\\|\\|")) {
      any = any.or(all(alternative.strip(), text));
    }
    return new VersionConstraint(any);
  }

  /// Whether the tag is a version that is wanted.
  public boolean accepts(String tag) {
    return Version.parse(tag).filter(wanted).isPresent();
  }

  private static Predicate<Version> all(String alternative, String text) {
    var range = RANGE.matcher(alternative);
    var terms = range.replaceAll(">=$1 <=$2");
    var all = new ArrayList<Predicate<Version>>();
    var term = TERM.matcher(terms);
    int end = 0;
    while (term.find() && term.start() == end) {
      end = term.end();
      all.add(term(term.group(1) == null ? "" : term.group(1), term.group(2), text));
    }
    if (end != terms.length() || all.isEmpty()) {
      throw improper(text);
    }
    boolean namesPre = terms.matches(".*\\d-[0-9A-Za-z].*");
    return version -> (version.pre().isEmpty() || namesPre) && meets(all, version);
  }

  private static boolean meets(List<Predicate<Version>> all, Version version) {
    return all.stream().allMatch(one -> one.test(version));
  }

  private static Predicate<Version> term(String operator, String typed, String text) {
    var numbers = typed.replaceFirst("(?:^|\\.)[xX*](?:\\.[xX*])*$", "");
    if (numbers.isEmpty()) {
      return _ -> !operator.equals("!=");
    }
    var least = Version.parse(numbers).orElseThrow(() -> improper(text));
    var next = next(least);
    return switch (operator) {
      case "", "=" -> version -> isIn(version, least, next);
      case "!=" -> version -> !isIn(version, least, next);
      case ">" ->
          version ->
              version.compareTo(least.parts() == 3 ? least : next) > 0
                  || (least.parts() < 3 && version.compareTo(next) == 0);
      case "<" -> version -> version.compareTo(least) < 0;
      case ">=", "=>" -> version -> version.compareTo(least) >= 0;
      case "<=", "=<" -> version -> version.compareTo(least) <= 0 || isIn(version, least, next);
      case "~" -> version -> isIn(version, least, least.parts() == 1 ? next : least.nextMinor());
      default -> version -> isIn(version, least, caret(least));
    };
  }

  /// The first version that is beyond all that a version with missing parts means.
  private static Version next(Version version) {
    return switch (version.parts()) {
      case 1 -> version.nextMajor();
      case 2 -> version.nextMinor();
      default -> version.nextPatch();
    };
  }

  /// The leftmost number that is not zero stays.
  private static Version caret(Version version) {
    if (version.major() > 0 || version.parts() == 1) {
      return version.nextMajor();
    }
    return version.minor() > 0 || version.parts() == 2 ? version.nextMinor() : version.nextPatch();
  }

  private static boolean isIn(Version version, Version least, Version beyond) {
    boolean exact = least.parts() == 3 && beyond.equals(least.nextPatch());
    return exact
        ? version.compareTo(least) == 0
        : version.compareTo(least) >= 0 && version.compareTo(beyond) < 0;
  }

  private static OciException improper(String text) {
    return new OciException(
        OciException.Category.USAGE, "improper constraint: %s".formatted(Quoted.of(text)));
  }
}
