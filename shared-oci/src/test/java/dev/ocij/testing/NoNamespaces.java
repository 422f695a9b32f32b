package dev.ocij.testing;

import java.util.ArrayList;
import java.util.List;

/// Lines as an ordinary user of a user namespace below which no other can be made.
public final class NoNamespaces {
  private static final String SCRIPT =
      """
      rm -f ready go
      mkfifo ready go
      unshare --user --map-user=1000 --map-group=1000 \\
        sh -c 'echo >ready; read _ <go; exec "$@"' sh "$@" &
      read _ <ready
      echo 0 >/proc/sys/user/max_user_namespaces
      echo >go
      wait $!
      status=$?
      rm ready go
      exit $status
      """;

  private NoNamespaces() {}

  /// The line to run instead, in a folder that may be written to.
  public static List<String> around(List<String> line) {
    var around = new ArrayList<>(List.of("unshare", "--user", "--map-root-user"));
    around.addAll(List.of("sh", "-c", SCRIPT, "sh"));
    around.addAll(line);
    return around;
  }
}
