package dev.ocij.buildah.context;

import dev.ocij.buildah.sourcepolicy.BuildSource;
import dev.ocij.buildah.sourcepolicy.SourcePolicy;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in a Git repository: `REMOTE.git[#REF[:FOLDER]]`, or `REMOTE.git?ref=REF&subdir=FOLDER`.
///
/// @param ref a branch, a tag or a commit; null for what the repository has as its own
/// @param folder relative to the root of the repository; empty for that
/// @param commit what the reference must lead to, or begin with; null for anything
/// @param keepGitDir whether `.git` belongs to it; null where the address does not say
/// @param submodules whether they belong to it
public record GitAddress(
    String remote,
    @Nullable String ref,
    String folder,
    @Nullable String commit,
    @Nullable Boolean keepGitDir,
    boolean submodules) {
  private static final Pattern SCHEME = Pattern.compile("(?:git|ssh)://.+|git@[^/]+:.+");
  private static final Pattern HTTP = Pattern.compile("https?://[^/]+/.*\\.git/?");
  private static final Pattern SCHEME_AND_USER = Pattern.compile("^(?:[a-z]+://)?(?:[^/@]*@)?");
  private static final Pattern REF = Pattern.compile("[^-].*");

  public GitAddress {
    if (ref != null && !REF.matcher(ref).matches()) {
      throw invalid(remote, "%s is no reference".formatted(Quoted.of(ref)));
    }
    if (Arrays.asList(folder.split("/")).contains("..")) {
      throw invalid(remote, "%s is no folder of it".formatted(Quoted.of(folder)));
    }
  }

  /// The address; empty where the text is none.
  public static Optional<GitAddress> parse(String text) {
    int hash = text.indexOf('#');
    var place = hash < 0 ? text : text.substring(0, hash);
    int question = place.indexOf('?');
    var remote = question < 0 ? place : place.substring(0, question);
    if (!SCHEME.matcher(remote).matches() && !HTTP.matcher(remote).matches()) {
      return Optional.empty();
    }
    if (hash >= 0 && question >= 0) {
      throw invalid(remote, "a query and a fragment; keep one");
    }
    return Optional.of(
        question >= 0
            ? ofQuery(remote, place.substring(question + 1))
            : ofFragment(remote, hash < 0 ? "" : text.substring(hash + 1)));
  }

  private static GitAddress ofFragment(String remote, String fragment) {
    int colon = fragment.indexOf(':');
    var ref = colon < 0 ? fragment : fragment.substring(0, colon);
    var folder = colon < 0 ? "" : fragment.substring(colon + 1);
    return new GitAddress(remote, ref.isEmpty() ? null : ref, folder, null, null, true);
  }

  private static GitAddress ofQuery(String remote, String query) {
    var values = values(remote, query);
    var branch = values.remove("branch");
    var tag = values.remove("tag");
    var ref = values.remove("ref");
    var folder = values.remove("subdir");
    var commit = values.containsKey("commit") ? values.remove("commit") : values.remove("checksum");
    var keep = values.remove("keep-git-dir");
    var submodules = values.remove("submodules");
    if (!values.isEmpty()) {
      throw invalid(
          remote,
          "unknown %s in its query; known are ref, branch, tag, commit, subdir, keep-git-dir and"
                  .formatted(Quoted.of(values.keySet().iterator().next()))
              + " submodules");
    }
    return new GitAddress(
        remote,
        tag != null
            ? "refs/tags/" + tag
            : branch != null ? "refs/heads/" + branch : or(ref, commit),
        folder == null ? "" : folder,
        commit,
        keep == null ? null : isOn(keep),
        submodules == null || isOn(submodules));
  }

  private static @Nullable String or(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  private static Map<String, String> values(String remote, String query) {
    var values = new LinkedHashMap<String, String>();
    for (var pair : query.split("&")) {
      int equals = pair.indexOf('=');
      var name = equals < 0 ? pair : pair.substring(0, equals);
      if (values.put(name, equals < 0 ? "" : pair.substring(equals + 1)) != null) {
        throw invalid(remote, "%s stands twice in its query".formatted(Quoted.of(name)));
      }
    }
    return values;
  }

  private static boolean isOn(String value) {
    return value.isEmpty() || value.equals("1") || value.equals("true");
  }

  /// What a policy has in place of it.
  ///
  /// @throws OciException where the policy denies it
  GitAddress judged(SourcePolicy policy) {
    var source = BuildSource.repository(place(), remote);
    var judged = policy.judge(source);
    if (judged.equals(source)) {
      return this;
    }
    var changed = parse(judged.place()).orElseGet(() -> at(judged.place()));
    var url = judged.attributes().getOrDefault(BuildSource.REMOTE, remote);
    return changed.from(url.equals(remote) ? changed.remote() : url).keeping(this);
  }

  /// Host and path, with the reference and the folder behind `#`.
  private String place() {
    var bare = SCHEME_AND_USER.matcher(remote).replaceFirst("");
    var whole = remote.contains("://") ? bare : bare.replaceFirst(":", "/");
    var fragment = Objects.requireNonNullElse(ref, "") + (folder.isEmpty() ? "" : ":" + folder);
    return fragment.isEmpty() ? whole : whole + "#" + fragment;
  }

  /// A place that is fetched in the way of this.
  private GitAddress at(String place) {
    var scheme = remote.contains("://") ? remote.substring(0, remote.indexOf("://")) : "ssh";
    return parse(scheme + "://" + place)
        .orElseThrow(() -> invalid(remote, Quoted.escape(place) + " is no repository"));
  }

  private GitAddress from(String changed) {
    return new GitAddress(changed, ref, folder, commit, keepGitDir, submodules);
  }

  private GitAddress keeping(GitAddress asked) {
    return new GitAddress(remote, ref, folder, asked.commit, asked.keepGitDir, asked.submodules);
  }

  /// The remote without credentials, for messages.
  String shown() {
    return shown(remote);
  }

  private static String shown(String remote) {
    return Quoted.escape(remote.replaceFirst("://[^/@]*@", "://"));
  }

  private static OciException invalid(String remote, String found) {
    return new OciException(
        OciException.Category.USAGE, "clone %s: %s".formatted(shown(remote), found));
  }
}
