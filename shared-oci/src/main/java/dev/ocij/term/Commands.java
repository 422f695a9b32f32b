package dev.ocij.term;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/// The commands of a program.
///
/// A command whose name is not among the arguments cannot be the one that was asked for, so it is
/// not built. An option's value that happens to equal a name builds one command too many and
/// changes nothing else.
public final class Commands {
  /// @param aliases further names, which the help tells on the command's own page
  private record Offer(Supplier<Command> command, List<String> aliases) {
    CommandSpec build(Mentions options) {
      return command.get().options().spec(options).aliases(aliases.toArray(String[]::new));
    }
  }

  private final SequencedMap<String, Offer> byName;

  private Commands(SequencedMap<String, Offer> byName) {
    this.byName = Collections.unmodifiableSequencedMap(byName);
  }

  public static Commands none() {
    return new Commands(new LinkedHashMap<>());
  }

  /// These commands and one more. A name that is there already is replaced.
  public Commands with(String name, Supplier<Command> command, String... aliases) {
    var more = new LinkedHashMap<>(byName);
    more.put(name, new Offer(command, List.of(aliases)));
    return new Commands(more);
  }

  /// Whether one has this name, or this further name.
  boolean has(String name) {
    return byName.containsKey(name)
        || byName.values().stream().anyMatch(offer -> offer.aliases().contains(name));
  }

  /// The commands to build for these arguments: those that they mention, with the options that they
  /// mention.
  Map<String, CommandSpec> mentionedIn(String... args) {
    var mentioned = Arrays.asList(args);
    return built(mentioned::contains, Mentions.in(args));
  }

  /// All commands without their options, for who wants to know what there is: the options are most
  /// of the work.
  Map<String, CommandSpec> listed() {
    return built(_ -> true, Mentions.in());
  }

  Map<String, CommandSpec> all() {
    return built(_ -> true, Mentions.ALL);
  }

  /// Those of which a name is wanted.
  private Map<String, CommandSpec> built(Predicate<String> wanted, Mentions options) {
    var built = new LinkedHashMap<String, CommandSpec>();
    byName.forEach((name, offer) -> {
      if (Stream.concat(Stream.of(name), offer.aliases().stream()).anyMatch(wanted)) {
        built.put(name, offer.build(options));
      }
    });
    return built;
  }
}
