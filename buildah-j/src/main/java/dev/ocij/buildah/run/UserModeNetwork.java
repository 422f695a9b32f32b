package dev.ocij.buildah.run;

import dev.ocij.spec.OciException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A program that carries the packets of a network namespace, as an ordinary user can: outwards,
/// and inwards to ports that are published. It ends when this is closed, and with this process.
///
/// Whichever it is, the container is 10.0.2.100, and asks 10.0.2.3 for names.
sealed interface UserModeNetwork extends AutoCloseable permits Slirp, Pasta {
  String ADDRESS = "10.0.2.100";
  String GATEWAY = "10.0.2.2";
  String NAME_SERVER = "10.0.2.3";

  @Override
  void close();

  /// What is joined.
  ///
  /// @param network a path of the network namespace
  /// @param user a path of the user namespace that it belongs to; null where that is the own one
  record Target(Path network, @Nullable Path user) {}

  /// The programs that are known, the first that is installed counts.
  enum Program {
    SLIRP("slirp4netns", "slirp4netns"),
    PASTA("pasta", "passt");

    private final String command;
    private final String suite;

    Program(String command, String suite) {
      this.command = command;
      this.suite = suite;
    }

    /// @param asked a program; any other text leaves the choice
    /// @throws OciException of category `IMPOSSIBLE` where none is installed
    static Installed find(String asked, Map<String, String> environment) {
      var named = Stream.of(values()).filter(each -> each.command.equals(asked)).toList();
      var candidates = named.isEmpty() ? List.of(values()) : named;
      return candidates.stream()
          .flatMap(each -> each.in(environment).stream())
          .findFirst()
          .orElseThrow(() -> missing(candidates));
    }

    private Optional<Installed> in(Map<String, String> environment) {
      var path = environment.getOrDefault("PATH", "") + ":/usr/bin:/usr/sbin";
      return Stream.of(path.split(":"))
          .filter(folder -> !folder.isEmpty())
          .map(folder -> Path.of(folder, command))
          .filter(Files::isExecutable)
          .findFirst()
          .map(found -> new Installed(this, found));
    }

    private static OciException missing(List<Program> candidates) {
      var commands = candidates.stream().map(each -> each.command).toList();
      var suites = candidates.stream().map(each -> each.suite).toList();
      return new OciException(
          OciException.Category.IMPOSSIBLE,
          "make the network of the container: %s is not installed; install the package %s, or share"
                  .formatted(String.join(" or ", commands), String.join(" or ", suites))
              + " the host's by --network host, without published ports");
    }
  }

  /// A program of this machine.
  record Installed(Program program, Path path) {
    /// Starts it, and returns when the way out is there and the ports are open.
    ///
    /// @param folder of the container
    UserModeNetwork start(Target target, Path folder, List<PublishedPort> ports) {
      return switch (program) {
        case SLIRP -> Slirp.start(path, target, folder, ports);
        case PASTA -> Pasta.start(path, target, folder, ports);
      };
    }
  }
}
