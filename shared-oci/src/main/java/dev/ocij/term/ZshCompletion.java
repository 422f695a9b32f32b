package dev.ocij.term;

import java.util.stream.Collectors;

/// For zsh.
record ZshCompletion(String program, boolean described) implements CompletionScript {
  private static final String SCRIPT =
      """
      #compdef @program@
      # Completes command lines of @program@ in zsh: leave this in a folder of $fpath as _@program@, or
      # source it after compinit.
      @name@() {
        local word at== value=
        local -A below flags values
      @data@
        for word in "${(@)words[2,CURRENT-1]}"; do
          if [[ -n $value ]]; then
            value=
          elif [[ -n ${values[$at $word]} ]]; then
            value=1
          elif [[ -n ${(M)${(f)below[$at]}:#$word(|:*)} ]]; then
            at=$at/$word
          fi
        done
        local -a found
        if [[ -n $value || ${words[CURRENT]} == -*=* ]]; then
          _files
        elif [[ ${words[CURRENT]} == -* ]]; then
          found=("${(@f)flags[$at]}")
          _describe option found
        elif [[ -n ${below[$at]} ]]; then
          found=("${(@f)below[$at]}")
          _describe command found
        else
          _files
        fi
      }
      if [[ ${funcstack[1]} == _@program@ ]]; then
        @name@ "$@"
      else
        compdef @name@ @program@
      fi
      """;

  @Override
  public String text(CompletionTree tree) {
    return CompletionScript.named(SCRIPT, program)
        .replace("@data@\n", tree.all().map(this::data).collect(Collectors.joining()));
  }

  private String data(CompletionTree at) {
    var commands = at.commands().stream().map(each -> entry(each.name(), each.description()));
    var flags =
        at.flags().stream()
            .flatMap(flag -> flag.names().stream().map(name -> entry(name, flag.description())));
    var values = at.flagNames(true).map(name -> pair("values", at.path() + " " + name, "1"));
    return pair("below", at.path(), commands.collect(Collectors.joining("\n")))
        + pair("flags", at.path(), flags.collect(Collectors.joining("\n")))
        + values.collect(Collectors.joining());
  }

  /// A line that adds to an associative array, whose keys begin with `=` lest one be empty.
  private static String pair(String array, String key, String value) {
    return "  %s+=('=%s' %s)\n".formatted(array, key, CompletionScript.quoted(value));
  }

  private String entry(String name, String description) {
    return described ? name + ":" + description : name;
  }
}
