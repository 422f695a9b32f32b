package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.ContainerfileException;
import dev.ocij.buildah.text.Heredoc;
import dev.ocij.buildah.text.LogicalLine;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.buildah.text.Words;
import java.util.ArrayList;
import java.util.List;

/// An instruction taken apart, not yet understood: `KEYWORD --flag… arguments`.
///
/// @param flags each with its value, as it stands
/// @param arguments what follows keyword and flags, without spaces at its ends
record Statement(
    SourceText keyword,
    List<SourceText> flags,
    SourceText arguments,
    List<Heredoc> heredocs,
    Written written) {

  static Statement of(LogicalLine line, char escape) {
    var keyword = line.text().words().getFirst();
    var rest = line.text().substring(keyword.length()).strip();
    var flags = new ArrayList<SourceText>();
    while (startsWithFlag(rest)) {
      var flag = Words.first(rest, escape);
      rest = rest.substring(flag.length()).strip();
      if (flag.length() == 2) {
        break;
      }
      flags.add(Words.unquoted(flag, escape));
    }
    var written = new Written(line.text().at(), line.text().toString(), line.whole(), escape);
    return new Statement(keyword, List.copyOf(flags), rest, line.heredocs(), written);
  }

  char escape() {
    return written.escape();
  }

  /// The instruction in the arguments, as ONBUILD has one.
  Statement inner() {
    return of(new LogicalLine(arguments, heredocs), escape());
  }

  /// These arguments, of which there must be some; no flag may stand before them.
  SourceText required(String example) {
    Flags.NONE.check(this);
    return requiredAfterFlags(example);
  }

  /// As [#required(String)], where flags are allowed.
  SourceText requiredAfterFlags(String example) {
    if (arguments.isEmpty()) {
      throw error("%s without arguments".formatted(name()), "expected " + example);
    }
    return arguments;
  }

  /// The keyword as the documentation writes it.
  String name() {
    return Keyword.of(keyword).name();
  }

  ContainerfileException error(String found, String help) {
    return keyword.error(found, help);
  }

  private static boolean startsWithFlag(SourceText text) {
    return text.toString().startsWith("--");
  }
}
