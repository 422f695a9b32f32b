package dev.ocij.term;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// For fish.
record FishCompletion(String program, boolean described) implements CompletionScript {
  private static final String SCRIPT =
      """
      # Completes command lines of @program@ in fish: leave this in
      # ~/.config/fish/completions/@program@.fish
      set -g @name@_commands @commands@
      set -g @name@_values @values@
      function @name@_at
        set -l at ''
        set -l value ''
        for word in (commandline -opc)[2..-1]
          if test -n "$value"
            set value ''
          else if contains -- "$at $word" $@name@_values
            set value 1
          else if contains -- "$at/$word" $@name@_commands
            set at "$at/$word"
          end
        end
        test -z "$value" -a "$at" = "$argv[1]"
      end
      """;

  @Override
  public String text(CompletionTree tree) {
    var commands = tree.all().skip(1).map(at -> CompletionScript.quoted(at.path()));
    var values =
        tree.all()
            .flatMap(at ->
                at.flagNames(true).map(name -> CompletionScript.quoted(at.path() + " " + name)));
    return CompletionScript.named(SCRIPT, program)
            .replace("@commands@", commands.collect(Collectors.joining(" ")))
            .replace("@values@", values.collect(Collectors.joining(" ")))
        + tree.all().map(this::lines).collect(Collectors.joining());
  }

  private String lines(CompletionTree at) {
    var here =
        CompletionScript.named("complete -c @program@ -n '@name@_at ", program)
            + (at.path().isEmpty() ? "\"\"'" : at.path() + "'");
    var commands =
        at.commands().stream()
            .map(each -> "%s -f -a %s%s\n".formatted(here, each.name(), told(each.description())));
    var flags =
        at.flags().stream()
            .map(flag ->
                "%s%s%s%s\n"
                    .formatted(
                        here,
                        flag.names().stream()
                            .map(FishCompletion::name)
                            .collect(Collectors.joining()),
                        flag.takesValue() ? " -r" : "",
                        told(flag.description())));
    return Stream.concat(commands, flags).collect(Collectors.joining());
  }

  private static String name(String name) {
    return name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1);
  }

  private String told(String description) {
    return described ? " -d " + CompletionScript.quoted(description) : "";
  }
}
