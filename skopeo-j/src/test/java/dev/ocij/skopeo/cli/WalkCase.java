package dev.ocij.skopeo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What is to be seen of one option of one command.
///
/// @param command none for an option of the program
/// @param steps lines to run, and what is seen after each; see `walk.txt`
record WalkCase(String command, String flag, List<String> steps) {
  WalkCase {
    steps = List.copyOf(steps);
  }

  /// The cases in a table: one for each name in the brackets that begin a part.
  static List<WalkCase> parse(List<String> table) {
    var cases = new ArrayList<WalkCase>();
    var names = new String[0];
    var steps = new ArrayList<String>();
    for (var line : Stream.concat(table.stream(), Stream.of("[end]")).toList()) {
      if (line.startsWith("[")) {
        add(cases, names, steps);
        names = line.substring(1, line.length() - 1).split(" ");
        steps.clear();
      } else if (!line.isBlank() && !line.startsWith("#")) {
        steps.add(line);
      }
    }
    return cases;
  }

  private static void add(List<WalkCase> cases, String[] names, List<String> steps) {
    for (int i = 1; i < names.length; i++) {
      cases.add(new WalkCase(names[0].equals("program") ? "" : names[0], names[i], steps));
    }
  }

  /// Whether it is about the registry of the walk, of whatever kind that is.
  boolean needsRegistry() {
    return steps.stream().anyMatch(step -> step.contains("{host}"));
  }

  @Override
  public String toString() {
    return (command + " " + flag).strip();
  }
}
