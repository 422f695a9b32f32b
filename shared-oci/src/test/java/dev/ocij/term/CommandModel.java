package dev.ocij.term;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What options a program really has, those too that no help shows.
public final class CommandModel {
  private CommandModel() {}

  /// All names of the options of each command, by the command's name; of the program itself by an
  /// empty one.
  public static Map<String, Set<String>> flags(Program program) {
    var flags = new TreeMap<String, Set<String>>();
    flags.put("", names(program.options().spec()));
    program.commands().all().forEach((name, command) -> flags.put(name, names(command)));
    return flags;
  }

  private static Set<String> names(CommandSpec command) {
    var names = new TreeSet<String>();
    for (OptionSpec option : command.options()) {
      if (!option.usageHelp()) {
        names.addAll(Set.of(option.names()));
      }
    }
    return names;
  }
}
