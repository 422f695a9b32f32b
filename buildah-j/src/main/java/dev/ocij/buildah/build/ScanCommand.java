package dev.ocij.buildah.build;

import dev.ocij.buildah.text.PlainWords;
import java.util.ArrayList;
import java.util.List;

/// One command of a scanner, with its places put in.
///
/// @param result the name of the file that it writes
record ScanCommand(String line, List<String> words, String result) {
  static final String ROOT = "/.rootfs";
  static final String CONTEXT = "/.context";
  static final String RESULTS = "/.scans";
  private static final String ROOT_NAMED = "{ROOTFS}";
  private static final String CONTEXT_NAMED = "{CONTEXT}";
  private static final String RESULT_NAMED = "{OUTPUT}";

  ScanCommand {
    words = List.copyOf(words);
  }

  /// A command that names the context stands for one a context.
  static List<ScanCommand> all(List<String> lines, int contexts) {
    var all = new ArrayList<ScanCommand>();
    for (var line : lines) {
      for (int i = 0; i < (readsContext(line) ? contexts : 1); i++) {
        all.add(of(line, CONTEXT + i, "scan%d.json".formatted(all.size())));
      }
    }
    return all;
  }

  private static ScanCommand of(String line, String context, String result) {
    var words =
        PlainWords.of(line).stream()
            .map(word ->
                word.replace(ROOT_NAMED, ROOT)
                    .replace(CONTEXT_NAMED, context)
                    .replace(RESULT_NAMED, RESULTS + "/" + result))
            .toList();
    return new ScanCommand(line, words, result);
  }

  static boolean readsRoot(String line) {
    return line.contains(ROOT_NAMED);
  }

  static boolean readsContext(String line) {
    return line.contains(CONTEXT_NAMED);
  }
}
