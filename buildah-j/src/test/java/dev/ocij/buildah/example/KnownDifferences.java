package dev.ocij.buildah.example;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// In what our images differ from those of Debian's buildah on purpose.
record KnownDifferences(List<Pattern> patterns) {
  /// It leaves what it mounted things on in the layers: empty folders and files that no step made.
  private static final List<String> EVERYWHERE =
      List.of(
          "file (mnt|run/secrets|var/cache): ours null, theirs directory 0755 0:0 .*",
          // It tells of the mounts in the history; BuildKit does not.
          "history [0-9]+: ours /bin/sh -c (.*), theirs /bin/sh -c --mount=.* \\1",
          "file (dev|proc|run|sys): ours null, theirs directory 0755 0:0 .*",
          "file etc/(hostname|hosts|resolv.conf): ours null, theirs file 0[67][45][45] 0:0"
              + " e3b0c442.*");

  /// It gives the digest of an image that only it has, the stage below.
  private static final String STAGE_BELOW = "image org.opencontainers.image.base.digest: .*";

  private static final Set<String> WITH_STAGE_BELOW =
      Set.of("chosen-stage", "env-options", "parallel-stages", "stage-as-base");

  private static final Map<String, List<String>> IN_EXAMPLES =
      Map.of(
          // It forgets the arguments of the stage below, which Docker keeps declared.
          "app-tests-and-tools",
          List.of(STAGE_BELOW, "history 1[01]: ours \\|1 REVISION=abc123 (.*), theirs \\1"),
          // It sets what options say at the end, and lists labels as a step.
          "env-options",
          List.of("config Env: .*", "history 09: ours null, theirs .* LABEL .*"),
          // It forgets the history of the base.
          "squash",
          List.of("history [0-9]+: .*"),
          // It keeps what is written to a stage that is bound.
          "mount-bind",
          List.of("file relative: .*"),
          // It keeps a file of its own in locked caches.
          "mount-cache",
          List.of("file alone-list: .*"),
          // Here it makes one layer of all steps; across layers no overlay keeps hard links.
          "links",
          List.of("file (first|real/third): .*"),
          // It gives CMD to /bin/sh, and says so of RUN, whatever SHELL says; Docker does not.
          "shell",
          List.of("config Cmd: ours .*/bin/ash.*", "history 08: ours /bin/ash -e -c .*"),
          // It makes the folders that VOLUME names without brackets, and no others; Docker none.
          "volume",
          List.of("file (drop|spool): ours null, theirs directory 0755 0:0 .*"));

  static KnownDifferences of(Example example) {
    var patterns = new ArrayList<>(EVERYWHERE);
    if (WITH_STAGE_BELOW.contains(example.name())) {
      patterns.add(STAGE_BELOW);
    }
    patterns.addAll(IN_EXAMPLES.getOrDefault(example.name(), List.of()));
    return new KnownDifferences(patterns.stream().map(Pattern::compile).toList());
  }

  boolean isKnown(String difference) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(difference).matches());
  }
}
