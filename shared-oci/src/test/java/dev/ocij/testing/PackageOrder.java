package dev.ocij.testing;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The order of the packages below `root`, the uppermost line first: a class uses only what stands
/// on a lower line.
///
/// A package stands for all below it, except those that a line names themselves. `trust.*` stands
/// for each package directly below `trust`, without `trust`. Beside one another packages use
/// nothing, except along an arrow of `arrows`, such as `trust.* -> trust`. What lies outside `root`
/// is not judged. A package that no line names is a violation.
public final class PackageOrder extends ArchCondition<JavaClass> {

  private final String root;
  private final List<List<String>> lines;
  private final List<String> arrows;

  private PackageOrder(String root, List<List<String>> lines, List<String> arrows) {
    super("use only packages of a lower line");
    this.root = root;
    this.lines = lines;
    this.arrows = arrows;
  }

  /// `lines` has names between spaces, `arrows` one arrow a line.
  public static PackageOrder of(String root, String lines, String arrows) {
    var names = lines.lines().map(line -> List.of(line.strip().split(" +"))).toList();
    return new PackageOrder(root, names, arrows.lines().map(String::strip).toList());
  }

  /// The names on all lines.
  Stream<String> names() {
    return lines.stream().flatMap(List::stream);
  }

  /// The arrows between packages of one line, as `trust.* -> trust`.
  List<String> arrows() {
    return arrows;
  }

  @Override
  public void check(JavaClass user, ConditionEvents events) {
    for (var dependency : user.getDirectDependenciesFromSelf()) {
      refusal(dependency)
          .ifPresent(why ->
              events.add(
                  SimpleConditionEvent.violated(user, why + ": " + dependency.getDescription())));
    }
  }

  private Optional<String> refusal(Dependency dependency) {
    var from = below(dependency.getOriginClass());
    var to = below(dependency.getTargetClass().getBaseComponentType());
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    return refusal(from.get(), to.get());
  }

  private Optional<String> refusal(String from, String to) {
    var user = entry(from);
    var used = entry(to);
    if (user.isEmpty() || used.isEmpty()) {
      return Optional.of("no line names " + (user.isEmpty() ? from : to));
    }
    boolean allowed =
        unit(user.get(), from).equals(unit(used.get(), to))
            || line(used.get()) > line(user.get())
            || isWritten(user.get(), used.get(), from, to);
    return allowed ? Optional.empty() : Optional.of("%s may not use %s".formatted(from, to));
  }

  private boolean isWritten(String user, String used, String from, String to) {
    return arrows.contains(user + " -> " + used)
        || arrows.contains(unit(user, from) + " -> " + unit(used, to));
  }

  /// The package of a class as its name below the root, or nothing where it lies outside.
  private Optional<String> below(JavaClass type) {
    var name = type.getPackageName();
    return name.startsWith(root + ".")
        ? Optional.of(name.substring(root.length() + 1))
        : Optional.empty();
  }

  /// The name on some line that stands for a package: the longest that fits.
  private Optional<String> entry(String name) {
    return names()
        .filter(entry -> standsFor(entry, name))
        .max((a, b) -> Integer.compare(a.length(), b.length()));
  }

  private static boolean standsFor(String entry, String name) {
    return entry.endsWith(".*")
        ? name.startsWith(entry.substring(0, entry.length() - 1))
        : name.equals(entry) || name.startsWith(entry + ".");
  }

  /// What may use itself freely: of `trust.*` each package for itself.
  private static String unit(String entry, String name) {
    if (!entry.endsWith(".*")) {
      return entry;
    }
    int end = name.indexOf('.', entry.length() - 1);
    return end < 0 ? name : name.substring(0, end);
  }

  private int line(String entry) {
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).contains(entry))
        .findFirst()
        .orElseThrow();
  }
}
