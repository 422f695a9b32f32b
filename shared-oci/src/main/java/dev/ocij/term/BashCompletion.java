package dev.ocij.term;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// For bash, without the package bash-completion.
record BashCompletion(String program) implements CompletionScript {
  /// Bash makes words of their own of `=` and `:`.
  private static final String SCRIPT =
      """
      # Completes command lines of @program@ in bash: source this, or leave it in
      # ~/.local/share/bash-completion/completions/@program@
      @name@_words() {
        case $1 in
      @words@  esac
      }
      @name@_values() {
        case $1 in
      @values@  esac
      }
      @name@_has() {
        case " $2 " in *" $1 "*) return 0 ;; esac
        return 1
      }
      @name@() {
        local word at= value= i cur=${COMP_WORDS[COMP_CWORD]}
        for ((i = 1; i < COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]}
          if [ "$word" = = ]; then
            value=1
          elif [ -n "$value" ]; then
            value=
          elif @name@_has "$word" "$(@name@_values "$at")"; then
            value=1
          elif [ "${word#-}" = "$word" ] && @name@_has "$word" "$(@name@_words "$at")"; then
            at=$at/$word
          fi
        done
        COMPREPLY=()
        if [ -z "$value" ] && [ "$cur" != = ]; then
          local words=()
          for word in $(@name@_words "$at"); do
            if [ "${word#-}" = "$word" ] || [ "${cur#-}" != "$cur" ]; then words+=("$word"); fi
          done
          COMPREPLY=($(compgen -W "${words[*]}" -- "$cur"))
        fi
      }
      complete -o default -F @name@ @program@
      """;

  @Override
  public String text(CompletionTree tree) {
    return CompletionScript.named(SCRIPT, program)
        .replace("@words@", cases(tree, false))
        .replace("@values@", cases(tree, true));
  }

  /// A case for each command: its words, or those of them that take a value.
  private static String cases(CompletionTree tree, boolean withValue) {
    return tree.all()
        .map(at -> "    '%s') echo '%s' ;;\n".formatted(at.path(), words(at, withValue)))
        .collect(Collectors.joining());
  }

  private static String words(CompletionTree at, boolean withValue) {
    var commands = at.commands().stream().filter(_ -> !withValue).map(CompletionTree::name);
    return Stream.concat(commands, at.flagNames(withValue)).collect(Collectors.joining(" "));
  }
}
