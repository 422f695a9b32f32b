package dev.ocij.term;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// The commands of a program, in the order in which the help lists them.
///
/// A command whose name is not among the arguments cannot be the one that was asked for, so it is
/// not built. An option's value that happens to equal a name builds one command too many and
/// changes nothing else.
public final class Commands {

  private final SequencedMap<String, Supplier<Command>> byName;

  private Commands(SequencedMap<String, Supplier<Command>> byName) {
    this.byName = Collections.unmodifiableSequencedMap(byName);
  }

  public static Commands none() {
    return new Commands(new LinkedHashMap<>());
  }

  /// These commands and one more. A name that is there already is replaced.
  public Commands with(String name, Supplier<Command> command) {
    var more = new LinkedHashMap<>(byName);
    more.put(name, command);
    return new Commands(more);
  }

  /// The commands to build for these arguments: those that they mention.
  Map<String, Command> mentionedIn(String... args) {
    var mentioned = Arrays.asList(args);
    var built = new LinkedHashMap<String, Command>();
    byName.forEach((name, command) -> {
      if (mentioned.contains(name)) {
        built.put(name, command.get());
      }
    });
    return built;
  }

  Map<String, Command> all() {
    var built = new LinkedHashMap<String, Command>();
    byName.forEach((name, command) -> built.put(name, command.get()));
    return built;
  }
}
