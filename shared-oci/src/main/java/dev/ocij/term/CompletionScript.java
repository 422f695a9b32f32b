package dev.ocij.term;

/// A script of a shell that completes the lines of a program.
interface CompletionScript {
  String text(CompletionTree tree);

  /// The script of a program, `@program@`, whose functions and variables begin with `@name@`.
  static String named(String script, String program) {
    return script.replace("@name@", "_" + program.replace('-', '_')).replace("@program@", program);
  }

  /// A word as all shells read it.
  static String quoted(String text) {
    return "'" + text.replace("\\", "/").replace("'", "’") + "'";
  }
}
