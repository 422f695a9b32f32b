package dev.ocij.buildah.cli;

import dev.ocij.buildah.plan.BuildArguments;
import dev.ocij.spec.Quoted;
import dev.ocij.term.LaterFlags;
import dev.ocij.term.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Where kaniko takes files from, in its words: `dir://`, `tar://`, `git://`, `https://`, `s3://`,
/// `gs://`.
final class KanikoContext {
  private static final String DIRECTORY = "dir://";
  private static final String ARCHIVE = "tar://";
  private static final String REPOSITORY = "git://";
  private static final String INPUT = "tar://stdin";
  private static final String BRANCH = "branch";
  private static final String INSECURE = "insecure-skip-tls";
  private static final List<String> SETTINGS =
      List.of(BRANCH, INSECURE, "single-branch", "recurse-submodules");

  private static final String GOOGLE = "gs://";

  /// What a build opens under the same name.
  private static final List<String> SAME = List.of("https://", "http://", "s3://", GOOGLE);

  private final Map<String, String> environment;
  private final Supplier<Optional<String>> context;
  private final Supplier<Optional<String>> subPath;
  private final Supplier<Optional<String>> dockerfile;
  private final Supplier<Optional<String>> git;
  private final Supplier<Optional<String>> bucket;

  /// @param environment how repositories are reached
  KanikoContext(Options options, Map<String, String> environment) {
    this.environment = environment;
    context = options.text("-c, --context", "DIR", "the directory that COPY takes files from");
    subPath = options.text("--context-sub-path", "DIR", "a directory in it");
    dockerfile = options.text("-f, --dockerfile", "PATH", "the Containerfile");
    git = options.text("--git", "branch=NAME,…", "of a context that is a repository");
    bucket = options.text("-b, --bucket", "BUCKET", "one with the context, by default in gs://");
  }

  /// The same in the words of a build.
  ///
  /// @return options, then the context
  List<String> words() {
    var place = place();
    var words = new ArrayList<String>();
    dockerfile.get().ifPresent(file -> words.addAll(List.of("--file", file(file, place))));
    if (settings().getOrDefault(INSECURE, "false").equals("true")) {
      words.add("--git-tls-verify=false");
    }
    if (given().startsWith(REPOSITORY)) {
      // Kaniko copies that, too.
      words.add("--build-arg=%s=1".formatted(BuildArguments.KEEP_GIT_DIR));
    }
    words.add(place);
    return words;
  }

  /// A bucket stands for a context.
  private String given() {
    return bucket
        .get()
        .map(name -> name.contains("://") ? name : GOOGLE + name)
        .or(context)
        .orElse(".");
  }

  private String place() {
    var given = given();
    if (given.startsWith(DIRECTORY) || !given.contains("://")) {
      var directory = Path.of(given.replaceFirst("^" + DIRECTORY, ""));
      return subPath.get().map(directory::resolve).orElse(directory).toString();
    }
    if (given.startsWith(REPOSITORY)) {
      return repository(given.substring(REPOSITORY.length()));
    }
    return archive(given) + subPath.get().map(path -> "#:" + path).orElse("");
  }

  private static String archive(String given) {
    if (given.equals(INPUT)) {
      return "-";
    }
    if (given.startsWith(ARCHIVE)) {
      return given.substring(ARCHIVE.length());
    }
    if (SAME.stream().anyMatch(given::startsWith)) {
      return given;
    }
    throw LaterFlags.notYet("--context " + given.substring(0, given.indexOf("://") + 3));
  }

  /// @param given `[USER@]HOST/PATH[#REFERENCE][#COMMIT]`
  private String repository(String given) {
    var parts = given.split("#");
    var remote = parts[0].endsWith(".git") ? parts[0] : parts[0] + ".git";
    var reference = parts.length == 1 ? branch() : parts[parts.length - 1];
    var folder = subPath.get().map(path -> ":" + path).orElse("");
    return "%s://%s#%s%s"
        .formatted(
            environment.getOrDefault("GIT_PULL_METHOD", "https"),
            remote.contains("@") ? remote : credentials() + remote,
            reference,
            folder);
  }

  /// A token is a name without a password: with the colon behind it, git asks for none.
  private String credentials() {
    var token = environment.getOrDefault("GIT_TOKEN", "");
    if (!token.isEmpty()) {
      return token + ":@";
    }
    var password = environment.getOrDefault("GIT_PASSWORD", "");
    return password.isEmpty()
        ? ""
        : "%s:%s@".formatted(environment.getOrDefault("GIT_USERNAME", ""), password);
  }

  private String branch() {
    return settings().getOrDefault(BRANCH, "");
  }

  /// What `--git` names. History and submodules are as they are in any case.
  private Map<String, String> settings() {
    var values = new LinkedHashMap<String, String>();
    for (var pair : git.get().map(text -> text.split(",")).orElse(new String[0])) {
      int equals = pair.indexOf('=');
      var name = pair.substring(0, Math.max(equals, 0));
      if (!SETTINGS.contains(name)) {
        throw OrderedArguments.usage(
            "invalid --git %s: expected branch=NAME".formatted(Quoted.of(git.get().orElse(""))));
      }
      values.put(name, pair.substring(equals + 1));
    }
    return values;
  }

  /// A file is looked for in the context where it is not found here.
  private static String file(String given, String place) {
    var inContext = Path.of(place).resolve(given);
    return Files.exists(inContext) ? inContext.toString() : given;
  }
}
