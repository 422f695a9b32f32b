package dev.ocij.buildah.podman.kube;

import dev.ocij.spec.FieldReader;
import dev.ocij.spec.OciException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose rights a container has: what it says itself, and for the rest what its pod says.
///
/// @param user a number; null for the image's
/// @param group a number; null for the user's
/// @param nonRoot whether the user must not be root
/// @param groups further ones, of all containers
/// @param seccomp `RuntimeDefault` or `Unconfined`; null for the former
record SecurityContext(
    @Nullable Long user,
    @Nullable Long group,
    boolean nonRoot,
    List<Long> groups,
    @Nullable String seccomp) {
  private static final String FIELD = "securityContext";
  private static final SecurityContext NONE =
      new SecurityContext(null, null, false, List.of(), null);

  static SecurityContext ofPod(FieldReader spec) {
    var said = spec.object(FIELD, NONE::over);
    return said == null ? NONE : said;
  }

  /// The options of a container's `create`.
  List<String> options(FieldReader container) {
    var own = container.object(FIELD, this::over);
    var all = new ArrayList<>((own == null ? this : own).common());
    var powers = container.object(FIELD, SecurityContext::powers);
    all.addAll(powers == null ? List.of() : powers);
    return all;
  }

  /// What is said here goes before what was said of the pod.
  private SecurityContext over(FieldReader context) {
    var ownUser = context.numberOrNull("runAsUser");
    var ownGroup = context.numberOrNull("runAsGroup");
    var profile =
        context.object("seccompProfile", found -> SecurityContext.seccomp(found.required("type")));
    return new SecurityContext(
        ownUser == null ? user : ownUser,
        ownGroup == null ? group : ownGroup,
        context.has("runAsNonRoot") ? context.flag("runAsNonRoot") : nonRoot,
        context.has("supplementalGroups")
            ? context.integers("supplementalGroups").stream().map(Long::valueOf).toList()
            : groups,
        profile == null ? seccomp : profile);
  }

  private static String seccomp(String type) {
    return switch (type) {
      case "RuntimeDefault", "Unconfined" -> type;
      default ->
          throw Words.unexpected("seccompProfile.type", type, "RuntimeDefault or Unconfined");
    };
  }

  private List<String> common() {
    if (nonRoot && (user == null || user == 0)) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "runAsNonRoot: the user must be named by a number other than 0; add runAsUser");
    }
    var words = new ArrayList<String>();
    if (user == null && group != null) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "runAsGroup: whose group that is must be named by a number; add runAsUser");
    }
    if (user != null) {
      words.add("--user=" + (group == null ? user : user + ":" + group));
    }
    groups.forEach(each -> words.add("--group-add=" + each));
    Words.addFlag(words, "--security-opt=seccomp=unconfined", "Unconfined".equals(seccomp));
    return words;
  }

  private static List<String> powers(FieldReader context) {
    var words = new ArrayList<String>();
    Words.addFlag(words, "--privileged", context.flag("privileged"));
    if (context.flag("readOnlyRootFilesystem")) {
      words.addAll(List.of("--read-only", "--read-only-tmpfs=false"));
    }
    boolean gainless =
        context.has("allowPrivilegeEscalation") && !context.flag("allowPrivilegeEscalation");
    Words.addFlag(words, "--security-opt=no-new-privileges", gainless);
    context.object(
        "capabilities",
        capabilities -> {
          capabilities.texts("add").forEach(name -> words.add("--cap-add=" + name));
          capabilities.texts("drop").forEach(name -> words.add("--cap-drop=" + name));
          return words;
        });
    return words;
  }
}
