package dev.ocij.buildah.cli;

import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A repository of two commits, `first` a tag of the older one, served on the loopback interface by
/// `git daemon`. Its files are as old as their commit.
final class GitRepository implements AutoCloseable {
  static final long SECOND_COMMIT = 1_100_000_000;

  private final Path work;
  private final Process daemon;
  private final int port;

  private GitRepository(Path work, Process daemon, int port) {
    this.work = work;
    this.daemon = daemon;
    this.port = port;
  }

  /// @param folder exists; gets `work`, and `served` with `a.git` in it
  static GitRepository in(Path folder) throws IOException {
    Tool.required("git");
    var work = Files.createDirectories(folder.resolve("work"));
    git(work, 0, "init", "-q", "-b", "main", ".");
    Files.createDirectories(work.resolve("sub"));
    Files.writeString(work.resolve("file"), "one");
    Files.writeString(work.resolve("sub/below"), "below");
    Files.createSymbolicLink(work.resolve("link"), Path.of("sub"));
    commit(work, 1_000_000_000, "first");
    Files.writeString(work.resolve("file"), "two");
    commit(work, SECOND_COMMIT, "second");
    git(work, 0, "clone", "-q", "--bare", ".", folder.resolve("served/a.git").toString());
    git(folder.resolve("served/a.git"), 0, "update-server-info");
    int port = freePort();
    var daemon =
        new ProcessBuilder(
                "git",
                "daemon",
                "--listen=127.0.0.1",
                "--port=" + port,
                "--export-all",
                "--reuseaddr",
                "--base-path=" + folder.resolve("served"))
            .start();
    return new GitRepository(work, daemon, port).awaited();
  }

  String url() {
    return "git://127.0.0.1:%d/a.git".formatted(port);
  }

  /// The commit of a name, in hexadecimal.
  String commit(String name) {
    return Tool.required("git").output("-C", work.toString(), "rev-parse", name).strip();
  }

  private GitRepository awaited() throws IOException {
    for (int i = 0; i < 100; i++) {
      if (Tool.required("git").run("ls-remote", "-q", url()).status() == 0) {
        return this;
      }
    }
    throw new IOException("git daemon does not answer");
  }

  private static void commit(Path work, long time, String name) {
    git(work, time, "add", "-A");
    git(work, time, "commit", "-q", "-m", name);
    git(work, time, "tag", name);
  }

  private static void git(Path work, long time, String... arguments) {
    var date = time + " +0000";
    var line = new ArrayList<>(List.of("git", "-C", work.toString()));
    line.addAll(List.of(arguments));
    Run.of(line)
        .with(
            Map.of(
                "GIT_AUTHOR_NAME", "a",
                "GIT_AUTHOR_EMAIL", "a@b",
                "GIT_COMMITTER_NAME", "a",
                "GIT_COMMITTER_EMAIL", "a@b",
                "GIT_AUTHOR_DATE", date,
                "GIT_COMMITTER_DATE", date))
        .outcome()
        .succeeded();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    daemon.descendants().forEach(ProcessHandle::destroy);
    daemon.destroy();
    try {
      daemon.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
