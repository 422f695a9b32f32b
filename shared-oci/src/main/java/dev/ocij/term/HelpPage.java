package dev.ocij.term;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The help of a program or of one of its commands, laid out as the peers' is, so that what reads
/// theirs reads ours.
///
/// @param word what the program calls its options, as [ErrorReport#options]
record HelpPage(CommandSpec spec, String word) {
  /// A name and what it means.
  private record Row(String name, String meaning) {}

  String text() {
    return Stream.of(
            List.of(String.join("\n", spec.usageMessage().description())),
            section("Usage", usage()),
            section("Aliases", aliases()),
            section("Arguments", table(arguments())),
            section("Available Commands", table(commands())),
            section(Character.toUpperCase(word.charAt(0)) + word.substring(1), table(options())),
            footer())
        .filter(lines -> !lines.isEmpty())
        .map(lines -> String.join("\n", lines) + "\n")
        .collect(Collectors.joining("\n"));
  }

  private static List<String> section(String title, List<String> lines) {
    var section = new ArrayList<String>();
    if (!lines.isEmpty()) {
      section.add(title + ":");
      lines.forEach(line -> section.add("  " + line));
    }
    return section;
  }

  private boolean isProgram() {
    return !spec.subcommands().isEmpty();
  }

  private List<String> usage() {
    var name = spec.qualifiedName() + " [" + word + "]";
    if (isProgram()) {
      return List.of(name + " [command]");
    }
    return List.of(
        Stream.concat(Stream.of(name), spec.positionalParameters().stream().map(HelpPage::label))
            .collect(Collectors.joining(" ")));
  }

  private List<String> aliases() {
    return spec.aliases().length == 0
        ? List.of()
        : List.of(
            Stream.concat(Stream.of(spec.name()), Stream.of(spec.aliases()))
                .collect(Collectors.joining(", ")));
  }

  private List<Row> arguments() {
    return spec.positionalParameters().stream()
        .map(each -> new Row(label(each), each.description()[0]))
        .toList();
  }

  /// What stands for an argument: in brackets where it may be missing, with dots where more follow.
  private static String label(PositionalParamSpec argument) {
    var label = argument.paramLabel() + (argument.index().isVariable() ? "..." : "");
    return argument.required() ? label : "[" + label + "]";
  }

  /// Each command once, however many names it has.
  private List<Row> commands() {
    return new LinkedHashSet<>(spec.subcommands().values())
        .stream()
            .map(command -> command.getCommandSpec())
            .filter(command -> !command.usageMessage().hidden())
            .map(command -> new Row(command.name(), command.usageMessage().description()[0]))
            .sorted(Comparator.comparing(Row::name))
            .toList();
  }

  /// The command's own options; those of the program stand on the program's page.
  private List<Row> options() {
    return spec.options().stream()
        .filter(option -> !option.hidden() && !option.inherited())
        .sorted(Comparator.comparing(HelpPage::sortKey))
        .map(option -> new Row(names(option) + value(option), option.description()[0]))
        .toList();
  }

  private static String sortKey(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  private static String names(OptionSpec option) {
    var names = String.join(", ", option.names());
    return names.startsWith("--") ? "    " + names : names;
  }

  private static String value(OptionSpec option) {
    if (option.type() == boolean.class || option.type() == Boolean.class) {
      return "";
    }
    return option.arity().min() == 0 ? "[=" + option.paramLabel() + "]" : " " + option.paramLabel();
  }

  private static List<String> table(List<Row> rows) {
    int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    return rows.stream()
        .map(row -> row.name() + " ".repeat(width - row.name().length() + 3) + row.meaning())
        .toList();
  }

  private List<String> footer() {
    return isProgram()
        ? List.of(
            "Use \"%s [command] --help\" for more information about a command."
                .formatted(spec.qualifiedName()))
        : List.of();
  }
}
