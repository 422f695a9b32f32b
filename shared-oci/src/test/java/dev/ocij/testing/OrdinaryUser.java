package dev.ocij.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A user who is not root, with or without subordinate ids, and a home of their own that is removed
/// when closed.
///
/// When the tests run as root, the two users that `.ci/run` creates are taken; else the user who
/// runs the tests, if they are of the kind that was asked for.
public final class OrdinaryUser implements AutoCloseable {

  private final String name;
  private final TemporaryFolder home;

  private OrdinaryUser(String name) {
    this.name = name;
    this.home = TemporaryFolder.create("home");
    if (Require.isRoot()) {
      Tool.required("chown").run(name + ":", home.path().toString()).succeeded();
    }
  }

  /// A user for whom `newuidmap` maps the ids of /etc/subuid.
  public static OrdinaryUser withSubordinateIds() {
    var user = Require.isRoot() ? "ocij-subids" : System.getProperty("user.name");
    Tool.required("newuidmap");
    Require.that(
        hasSubordinateIds(user), user + " has no range in /etc/subuid: useradd -m " + user);
    return new OrdinaryUser(user);
  }

  /// A user who can map nothing but themselves.
  public static OrdinaryUser withoutSubordinateIds() {
    var user = Require.isRoot() ? "ocij-plain" : System.getProperty("user.name");
    Require.that(
        exists(user), "there is no user " + user + ": useradd -m -K SUB_UID_COUNT=0 " + user);
    Require.that(
        !hasSubordinateIds(user),
        user + " has a range in /etc/subuid; this test needs a user without");
    return new OrdinaryUser(user);
  }

  public String name() {
    return name;
  }

  /// A folder that belongs to the user.
  public Path home() {
    return home.path();
  }

  /// A run of `command` by the user, in [#home()], with HOME and the search path and nothing else
  /// in its environment.
  public Run with(String... command) {
    var line = new ArrayList<String>();
    if (Require.isRoot()) {
      var setpriv = Tool.required("setpriv").program().toString();
      line.addAll(
          List.of(
              setpriv, "--reuid=" + name, "--regid=" + name, "--init-groups", "--inh-caps=-all"));
    }
    line.addAll(
        List.of(
            "env", "-i", "HOME=" + home(), "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"));
    line.addAll(List.of(command));
    return Run.of(line).in(home());
  }

  public Outcome run(String... command) {
    return with(command).outcome();
  }

  @Override
  public void close() {
    // What the user's containers wrote may belong to their subordinate ids, which only root or
    // their namespace removes.
    if (!Require.isRoot()) {
      Tool.find("unshare")
          .ifPresent(unshare ->
              unshare.run(
                  "--user",
                  "--map-root-user",
                  "--map-auto",
                  "rm",
                  "-rf",
                  "--one-file-system",
                  home().toString()));
    }
    home.close();
  }

  private static boolean exists(String user) {
    return lines(Path.of("/etc/passwd")).stream().anyMatch(line -> line.startsWith(user + ":"));
  }

  private static boolean hasSubordinateIds(String user) {
    return lines(Path.of("/etc/subuid")).stream().anyMatch(line -> line.startsWith(user + ":"));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("read " + file, e);
    }
  }
}
