package dev.ocij.buildah.context;

import dev.ocij.linux.Directory;
import dev.ocij.linux.FileStatus;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of a commit, all as old as that.
///
/// @param directory the working tree, `.git` included
/// @param commit in hexadecimal
public record GitCheckout(GitAddress address, Path directory, String commit) {
  /// What belongs to git, also of submodules.
  static final IgnoreFile GIT_DIRS =
      IgnoreFile.of("the build of a Git repository", List.of("**/.git"));

  private static final String GIT_DIR = ".git";

  /// Fetches no more of the repository than its server makes necessary.
  ///
  /// @param directory exists and is empty
  static GitCheckout fetch(GitAddress address, Path directory, GitAccess access)
      throws IOException {
    var login = GitLogin.of(address.remote());
    var git = new Git(directory, "clone " + address.shown(), access.settings(login));
    git.output("init", "-q", "--template=");
    git.output("checkout", "-q", "--detach", fetched(git, address, login.remote()));
    if (address.submodules() && Files.exists(directory.resolve(".gitmodules"))) {
      git.output("submodule", "update", "-q", "--init", "--recursive", "--depth=1");
    }
    var commit = git.output("rev-parse", "HEAD");
    require(address, commit, address.commit());
    var seconds = git.output("show", "-s", "--format=%ct", "HEAD");
    try (var tree = Directory.open(directory)) {
      setTimes(tree, Instant.ofEpochSecond(Long.parseLong(seconds)));
    }
    return new GitCheckout(address, directory, commit);
  }

  /// The files as something to copy from.
  ///
  /// @param keepGitDir whether `.git` is one of them
  public BuildContext tree(boolean keepGitDir) throws IOException {
    return BuildContext.open(folder(), keepGitDir ? IgnoreFile.NONE : GIT_DIRS);
  }

  /// Where the folder of the address is; a link leads to another folder of the repository alone.
  public Path folder() throws IOException {
    var found =
        BuildContext.open(directory, IgnoreFile.NONE)
            .follow(address.folder())
            .filter(entry -> entry.isDirectory())
            .orElseThrow(() ->
                new OciException(
                    OciException.Category.NOT_FOUND,
                    "clone %s: there is no folder %s in it"
                        .formatted(address.shown(), Quoted.of(address.folder()))));
    return directory.resolve(found.path());
  }

  /// The commit must be this, or begin so; anything where that is null.
  public void require(@Nullable String wanted) {
    require(address, commit, wanted);
  }

  private static void require(GitAddress address, String commit, @Nullable String wanted) {
    if (wanted != null && (wanted.isEmpty() || !commit.startsWith(wanted))) {
      throw new OciException(
          OciException.Category.INVALID,
          "clone %s: expected commit %s, got %s"
              .formatted(address.shown(), Quoted.escape(wanted), commit));
    }
  }

  /// What to check out. Not every server gives less than all of a history, or a single commit, and
  /// none a shortened one: then all branches and tags are fetched.
  private static String fetched(Git git, GitAddress address, String remote) throws IOException {
    var ref = address.ref() == null ? "HEAD" : address.ref();
    if (git.run("fetch", "-q", "--no-tags", "--depth=1", remote, ref).status() == 0
        || git.run("fetch", "-q", "--no-tags", remote, ref).status() == 0) {
      return "FETCH_HEAD";
    }
    var all = new String[] {"+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"};
    git.output("fetch", "-q", remote, all[0], all[1]);
    var commit = git.run("rev-parse", "-q", "--verify", ref + "^{commit}");
    if (commit.status() != 0) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "clone %s: it has no branch, tag or commit %s"
              .formatted(address.shown(), Quoted.of(ref)));
    }
    return commit.out().strip();
  }

  private static void setTimes(Directory directory, Instant time) throws IOException {
    for (var name : directory.list()) {
      var status = directory.status(name);
      if (status.isPresent() && !name.equals(GIT_DIR)) {
        if (status.get().kind() == FileStatus.DIRECTORY) {
          try (var below = directory.openDirectory(name)) {
            setTimes(below, time);
          }
        }
        directory.setMtime(name, time);
      }
    }
  }
}
