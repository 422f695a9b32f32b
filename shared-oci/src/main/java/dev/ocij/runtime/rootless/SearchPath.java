package dev.ocij.runtime.rootless;

import java.util.ArrayList;
import java.util.List;

/// Where a program may stand.
final class SearchPath {
  private static final String VARIABLE = "PATH=";
  private static final String DEFAULT =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private SearchPath() {}

  /// The program itself where it has a slash, else one path for each folder of the PATH in `env`.
  static List<String> candidates(String program, List<String> env) {
    if (program.contains("/")) {
      return List.of(program);
    }
    var path = DEFAULT;
    for (var variable : env) {
      if (variable.startsWith(VARIABLE)) {
        path = variable.substring(VARIABLE.length());
      }
    }
    var absolute = in(path, program);
    return absolute.isEmpty() ? in(DEFAULT, program) : absolute;
  }

  /// Loops, for each start of a container would wait for the JDK to make code of lambdas.
  private static List<String> in(String path, String program) {
    var candidates = new ArrayList<String>();
    for (var folder : path.split(":")) {
      if (folder.startsWith("/")) {
        candidates.add(folder.concat("/").concat(program));
      }
    }
    return candidates;
  }
}
