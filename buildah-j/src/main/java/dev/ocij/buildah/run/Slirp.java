package dev.ocij.buildah.run;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The program slirp4netns. It ends with this process, whose end closes its standard input.
final class Slirp implements UserModeNetwork {
  private static final int LONGEST_SOCKET = 100;
  private static final int PATIENCE_SECONDS = 10;
  private static final List<String> OPTIONS =
      List.of(
          "--configure",
          "--mtu=65520",
          "--disable-host-loopback",
          "--exit-fd=0",
          "--netns-type=path");

  private final Process process;
  private final Path log;
  private final Path socket;

  private Slirp(Process process, Path log, Path socket) {
    this.process = process;
    this.log = log;
    this.socket = socket;
  }

  static Slirp start(Path program, Target target, Path folder, List<PublishedPort> ports) {
    try {
      var log = folder.resolve("network.log");
      var socket = socket(folder);
      var line = new ArrayList<String>();
      line.add(program.toString());
      line.addAll(OPTIONS);
      line.add("--api-socket=" + socket);
      if (target.user() != null) {
        line.add("--userns-path=" + target.user());
      }
      line.add(target.network().toString());
      line.add("tap0");
      var process =
          new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
      var slirp = new Slirp(process, log, socket);
      try {
        slirp.publish(ports);
        return slirp;
      } catch (IOException | RuntimeException e) {
        slirp.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(Reason.of(e), e);
    }
  }

  /// The name of a socket is short; in a deep folder it is elsewhere.
  private static Path socket(Path folder) throws IOException {
    var near = folder.toAbsolutePath().resolve("net.sock");
    return near.toString().length() <= LONGEST_SOCKET
        ? near
        : Files.createTempDirectory("ocij-net-").resolve("s");
  }

  private void publish(List<PublishedPort> ports) throws IOException {
    awaitReady();
    for (var port : ports) {
      SlirpRequest.publish(port).send(socket);
    }
  }

  /// It answers as soon as the way out is there.
  private void awaitReady() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      if (Files.exists(socket)) {
        try {
          SlirpRequest.list().send(socket);
          return;
        } catch (ConnectException _) {
          // It does not listen yet.
        }
      }
      if (!process.isAlive()) {
        throw failed(lastWords(), null);
      }
      pause();
    }
    throw failed("it was not ready after %d seconds".formatted(PATIENCE_SECONDS), null);
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
  }

  private String lastWords() throws IOException {
    var lines = new ArrayList<>(Files.readAllLines(log, StandardCharsets.UTF_8));
    lines.removeIf(String::isBlank);
    return lines.isEmpty()
        ? "it ended with status %d".formatted(process.exitValue())
        : Quoted.escape(
            lines.stream()
                .filter(l -> !l.startsWith("WARNING"))
                .findFirst()
                .orElse(lines.getLast()));
  }

  private static OciException failed(String found, @Nullable Exception e) {
    var sentence = "make the network of the container: slirp4netns: " + found;
    var helped =
        found.contains("/dev/net/tun")
            ? sentence + "; /dev/net/tun must exist and be open to this user (mode 666)"
            : sentence;
    return new OciException(OciException.Category.IMPOSSIBLE, helped, e);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(socket);
      var folder = socket.getParent();
      if (folder != null && String.valueOf(folder.getFileName()).startsWith("ocij-net-")) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException _) {
      // A rest in a temporary folder.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
