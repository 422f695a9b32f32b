package dev.ocij.buildah.run;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The program pasta of the package passt, which is told the addresses that [Slirp] has.
final class Pasta implements UserModeNetwork {
  private static final int PATIENCE_SECONDS = 10;

  /// Holds its process id once all is set up.
  private static final String READY = "network.pid";

  /// It may not look into other processes, so their namespaces are files of the container's folder
  /// for it, mounted where nobody else sees them. What ends with this process is its standard
  /// input: a shell waits for that.
  private static final String SCRIPT =
      """
      mount --bind "$1" net && mount --bind "$2" user || exit 1
      shift 2
      exec 3<&0
      "$@" 3<&- </dev/null &
      pasta=$!
      { read -r _ <&3; kill $pasta; } &
      waiting=$!
      exec 3<&-
      wait $pasta
      status=$?
      kill $waiting
      exit $status
      """;

  private static final List<String> OPTIONS =
      List.of(
          "--foreground",
          "--quiet",
          "--runas",
          "0:0",
          "--config-net",
          "--ipv4-only",
          "--address",
          ADDRESS,
          "--netmask",
          "24",
          "--gateway",
          GATEWAY,
          "--ns-ifname",
          "tap0",
          "--no-map-gw",
          "--dns-forward",
          NAME_SERVER,
          "--tcp-ns",
          "none",
          "--udp-ns",
          "none");

  private final Process process;
  private final Path folder;

  private Pasta(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  static Pasta start(Path program, Target target, Path folder, List<PublishedPort> ports) {
    try {
      Files.deleteIfExists(folder.resolve(READY));
      for (var name : List.of("net", "user")) {
        Files.write(folder.resolve(name), new byte[0]);
      }
      var process =
          new ProcessBuilder(line(program, target, folder.toAbsolutePath(), ports))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("network.log").toFile())
              .start();
      var pasta = new Pasta(process, folder);
      try {
        pasta.awaitReady();
        return pasta;
      } catch (IOException | RuntimeException e) {
        pasta.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(Reason.of(e), e);
    }
  }

  private static List<String> line(
      Path program, Target target, Path folder, List<PublishedPort> ports) {
    var line = new ArrayList<String>();
    line.addAll(
        List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", SCRIPT, "sh"));
    line.add(target.network().toString());
    line.add(target.user() == null ? "/proc/self/ns/user" : target.user().toString());
    line.add(program.toString());
    line.addAll(OPTIONS);
    line.addAll(List.of("--pid", READY, "--netns", folder.resolve("net").toString()));
    line.addAll(
        target.user() == null
            ? List.of("--netns-only")
            : List.of("--userns", folder.resolve("user").toString()));
    line.addAll(published("--tcp-ports", "tcp", ports));
    line.addAll(published("--udp-ports", "udp", ports));
    return line;
  }

  private static List<String> published(String option, String protocol, List<PublishedPort> ports) {
    var words = new ArrayList<String>();
    for (var port : ports) {
      if (port.protocol().equals(protocol)) {
        words.add(option);
        words.add(
            "%s/%d:%d"
                .formatted(
                    port.hostIp().replaceAll("[\\[\\]]", ""),
                    port.hostPort(),
                    port.containerPort()));
      }
    }
    return words.isEmpty() ? List.of(option, "none") : words;
  }

  private void awaitReady() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    var ready = folder.resolve(READY);
    while (System.nanoTime() < end) {
      if (Files.exists(ready) && Files.size(ready) > 0) {
        return;
      }
      if (!process.isAlive()) {
        throw failed(lastWords(), null);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    throw failed("it was not ready after %d seconds".formatted(PATIENCE_SECONDS), null);
  }

  private String lastWords() throws IOException {
    var lines =
        new ArrayList<>(Files.readAllLines(folder.resolve("network.log"), StandardCharsets.UTF_8));
    lines.removeIf(line -> line.isBlank() || line.endsWith("to syslog"));
    var said = lines.isEmpty() ? "it ended" : Quoted.escape(lines.getLast());
    return said.contains("bind") ? said + "; is the port in use?" : said;
  }

  private static OciException failed(String found, @Nullable Exception e) {
    var sentence = "make the network of the container: pasta: " + found;
    return e == null
        ? new OciException(OciException.Category.IMPOSSIBLE, sentence)
        : new OciException(OciException.Category.IMPOSSIBLE, sentence, e);
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException _) {
      process.destroyForcibly();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
