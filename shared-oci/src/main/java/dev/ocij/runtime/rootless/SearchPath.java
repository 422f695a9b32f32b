package dev.ocij.runtime.rootless;

import java.util.Arrays;
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
    var path =
        env.stream()
            .filter(variable -> variable.startsWith(VARIABLE))
            .map(variable -> variable.substring(VARIABLE.length()))
            .reduce((_, last) -> last)
            .orElse(DEFAULT);
    var absolute = folders(path);
    return (absolute.isEmpty() ? folders(DEFAULT) : absolute)
        .stream().map(folder -> folder + "/" + program).toList();
  }

  private static List<String> folders(String path) {
    return Arrays.stream(path.split(":")).filter(folder -> folder.startsWith("/")).toList();
  }
}
