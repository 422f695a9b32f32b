package dev.ocij.buildah.context;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program `git`, in one repository. It asks nobody anything, executes nothing of the
/// repository, and speaks no protocol that reads this machine's files.
///
/// @param attempt what it is needed for, for messages
/// @param login what it knows of its remote
/// @param verified whether servers must have good certificates
record Git(Path repository, String attempt, GitLogin login, boolean verified) {
  private static final List<String> SAFE =
      List.of(
          "-c", "protocol.allow=never",
          "-c", "protocol.http.allow=always",
          "-c", "protocol.https.allow=always",
          "-c", "protocol.ssh.allow=always",
          "-c", "protocol.git.allow=always",
          "-c", "core.hooksPath=/dev/null",
          "-c", "core.fsmonitor=false",
          "-c", "advice.detachedHead=false",
          "-c", "init.defaultBranch=main");

  /// What it prints; it must succeed.
  String output(String... arguments) throws IOException {
    var ended = run(arguments);
    if (ended.status() != 0) {
      throw failed(ended);
    }
    return ended.out().strip();
  }

  Program.Ended run(String... arguments) throws IOException {
    var line = new ArrayList<>(List.of("git", "-C", repository.toString()));
    line.addAll(SAFE);
    if (!verified) {
      line.addAll(List.of("-c", "http.sslVerify=false"));
    }
    line.addAll(List.of(arguments));
    var builder = new ProcessBuilder(line);
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_") && !name.startsWith("GIT_SSH"));
    environment.putAll(login.environment());
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("LC_ALL", "C");
    return new Program(builder, attempt).run("");
  }

  private OciException failed(Program.Ended ended) {
    return new OciException(
        OciException.Category.UNAVAILABLE,
        "%s: git: %s"
            .formatted(
                attempt,
                Quoted.escape(
                    cause(ended).replaceFirst("^fatal: ", "").replaceAll("://[^/@]*@", "://"))));
  }

  /// What git says first of all that is fatal to it, or behind its colon; where it could not read,
  /// its transport said why before. What else follows is advice.
  static String cause(Program.Ended ended) {
    var lines = ended.err().lines().filter(line -> !line.isBlank()).toList();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      if (line.startsWith("fatal: ")) {
        if (i > 0 && line.endsWith(" Could not read from remote repository.")) {
          return lines.get(i - 1);
        }
        return i + 1 < lines.size() && line.endsWith(":") ? lines.get(i + 1) : line;
      }
    }
    return ended.lastWords();
  }
}
