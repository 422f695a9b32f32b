package dev.ocij.buildah.build;

import dev.ocij.buildah.context.BuildContext;
import dev.ocij.buildah.context.Downloads;
import dev.ocij.buildah.context.GitAddress;
import dev.ocij.buildah.context.IgnoreFile;
import dev.ocij.buildah.overlay.FoundSource;
import dev.ocij.buildah.plan.CopyStep;
import dev.ocij.buildah.plan.Unpack;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Looks up what COPY and ADD take: in a tree, on the web, in Git repositories.
public record CopySources(CopyStep step, CopyOrigins origins, Downloads downloads) {
  private static final String BYTES = "sha256:";

  /// @throws OciException where one is missing
  List<Taken> find() throws IOException {
    var local = new ArrayList<String>();
    var remote = new ArrayList<Taken>();
    for (var pattern : step.sources().patterns()) {
      var git = GitAddress.parse(pattern);
      if (git.isPresent()) {
        remote.add(ofGit(git.get()));
      } else if (Downloads.isWeb(pattern)) {
        remote.add(ofWeb(pattern));
      } else {
        local.add(pattern);
      }
    }
    if (local.isEmpty() && !remote.isEmpty()) {
      return remote;
    }
    requireNoChecksum();
    var all = new ArrayList<>(List.of(ofTree(local)));
    all.addAll(remote);
    return all;
  }

  private Taken ofTree(List<String> patterns) throws IOException {
    var sources = step.sources();
    var tree = origins.open(sources.origin());
    var found = new ArrayList<FoundSource>();
    for (var pattern : patterns) {
      found.addAll(tree.find(pattern, sources.parents()));
    }
    boolean unpacks = step.adding().unpack() != Unpack.NONE;
    return Taken.of(tree, found, sources.excludes(), sources.parents(), unpacks);
  }

  private Taken ofWeb(String url) throws IOException {
    if (step.destination().directory() || step.sources().size() > 1) {
      var _ = Downloads.name(url);
    }
    var checksum = step.adding().checksum();
    var file = downloads.file(url, checksum == null ? null : parse(checksum));
    var tree = BuildContext.open(file.resolveSibling(""), IgnoreFile.NONE);
    var found = tree.find(escaped(file), false);
    boolean unpacks = step.adding().unpack() == Unpack.ALL;
    return Taken.of(tree, found, step.sources().excludes(), false, unpacks);
  }

  private Taken ofGit(GitAddress address) throws IOException {
    var checkout = downloads.git(address);
    checkout.require(step.adding().checksum());
    var inAddress = address.keepGitDir();
    boolean keep = inAddress == null ? step.adding().keepGitDir() : inAddress;
    var tree = checkout.tree(keep);
    var identity = "%s %s %s".formatted(checkout.commit(), keep, address.folder());
    return Taken.of(tree, tree.find(".", false), step.sources().excludes(), false, false)
        .withIdentity(Digest.of(identity.getBytes(StandardCharsets.UTF_8)));
  }

  private void requireNoChecksum() {
    if (step.adding().checksum() != null) {
      throw step.written()
          .error("--checksum of what is not from elsewhere", "leave it out, or give one URL");
    }
  }

  private Digest parse(String checksum) {
    try {
      return Digest.parse(checksum);
    } catch (OciException e) {
      throw step.written()
          .error("invalid checksum " + Quoted.of(checksum), "expected one as " + BYTES + "…");
    }
  }

  /// The name as a pattern that nothing else matches.
  private static String escaped(Path file) {
    return String.valueOf(file.getFileName()).replaceAll("([\\\\*?\\[])", "\\\\$1");
  }
}
