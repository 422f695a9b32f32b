package dev.ocij.term;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What may be typed behind a program, or behind one of its commands, as far as the help tells it.
///
/// @param path the names of the commands, each behind a slash; empty for the program
/// @param description what the command does
record CompletionTree(
    String path, String description, List<Flag> flags, List<CompletionTree> commands) {
  /// An option.
  ///
  /// @param names with their dashes
  /// @param takesValue whether the next word is its value
  record Flag(List<String> names, boolean takesValue, String description) {}

  /// @param global the program's own options, which stand behind commands too
  static CompletionTree of(Options global, Commands commands) {
    var all = global.spec().options();
    var everywhere = all.stream().filter(o -> !o.usageHelp() && !o.versionHelp()).toList();
    return new CompletionTree("", "", flags(all), below("", commands.all(), flags(everywhere)));
  }

  /// This, and all commands at any depth.
  Stream<CompletionTree> all() {
    return Stream.concat(Stream.of(this), commands.stream().flatMap(CompletionTree::all));
  }

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// All names of options; of those only that take a value, where they are asked for.
  Stream<String> flagNames(boolean withValue) {
    return flags.stream()
        .filter(flag -> flag.takesValue() || !withValue)
        .flatMap(flag -> flag.names().stream());
  }

  private static List<CompletionTree> below(
      String path, Map<String, CommandSpec> commands, List<Flag> global) {
    return commands.entrySet().stream()
        .filter(command -> !command.getValue().usageMessage().hidden())
        .map(command -> of(path + "/" + command.getKey(), command.getValue(), global))
        .toList();
  }

  private static CompletionTree of(String path, CommandSpec command, List<Flag> global) {
    var flags = new ArrayList<>(flags(command.options()));
    flags.addAll(global);
    var commands =
        command.userObject() instanceof CommandFamily family
            ? below(path, family.commands(), global)
            : List.<CompletionTree>of();
    var description = String.join(" ", command.usageMessage().description());
    return new CompletionTree(path, description, List.copyOf(flags), commands);
  }

  private static List<Flag> flags(List<OptionSpec> options) {
    return options.stream().filter(option -> !option.hidden()).map(CompletionTree::flag).toList();
  }

  private static Flag flag(OptionSpec option) {
    return new Flag(
        List.of(option.names()), option.arity().min() > 0, String.join(" ", option.description()));
  }
}
