package dev.ocij.skopeo.inspect;

import dev.ocij.image.Artifact;
import dev.ocij.image.Image;
import dev.ocij.image.Index;
import dev.ocij.skopeo.inspect.SignatureCheck.Subject;
import dev.ocij.spec.OciException;
import dev.ocij.transport.Source;
import dev.ocij.trust.Policy;
import dev.ocij.trust.Signature;
import dev.ocij.trust.SignatureFormat;
import dev.ocij.trust.TrustedSigner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The signatures of an image, and of each image of an index where that is asked.
public record SignatureChecks(Source source, boolean recursive) {

  /// Which signatures count.
  ///
  /// @param predicate what a bundle must say
  public record Wanted(Set<String> kinds, String predicate, TrustedSigner signer) {
    public Wanted {
      kinds = Set.copyOf(kinds);
    }
  }

  /// Every signature of some kinds, held against those who are trusted.
  ///
  /// @throws OciException of category `REJECTED` where a manifest has none that holds; what was
  ///   found is in `checks` all the same
  public void check(Wanted wanted, List<SignatureFormat<?>> formats, List<SignatureCheck> checks)
      throws IOException {
    for (var subject : subjects(source.read(), null)) {
      int before = checks.size();
      for (var signature : signatures(wanted.kinds(), subject)) {
        checks.add(SignatureCheck.of(signature, subject, wanted, formats));
      }
      var found = checks.subList(before, checks.size());
      if (found.stream().noneMatch(SignatureCheck::isVerified)) {
        throw rejected(subject, wanted.kinds(), found);
      }
    }
  }

  /// Every manifest that the policy accepts.
  ///
  /// @throws OciException of category `REJECTED` where it refuses one
  public List<SignatureCheck> check(Policy policy) throws IOException {
    var accepted = new ArrayList<SignatureCheck>();
    var artifact = source.read();
    accept(policy, artifact);
    for (var subject : subjects(artifact, null)) {
      accepted.add(SignatureCheck.accepted(subject));
    }
    return accepted;
  }

  private void accept(Policy policy, Artifact artifact) throws IOException {
    var _ = policy.evaluate(source.candidate(artifact)).orThrow();
    if (recursive && artifact instanceof Index index) {
      for (var member : index.members()) {
        accept(policy, member.reader().read());
      }
    }
  }

  private List<Subject> subjects(Artifact artifact, @Nullable String platform) throws IOException {
    var all = new ArrayList<Subject>();
    var document = artifact.original();
    if (document != null) {
      all.add(new Subject(document, platform));
    }
    switch (artifact) {
      case Image _ -> {}
      case Index index -> {
        for (var member : recursive ? index.members() : List.<Index.Member>of()) {
          var named = member.descriptor().platform();
          all.addAll(subjects(member.reader().read(), named == null ? null : named.toString()));
        }
      }
    }
    return all;
  }

  private List<Signature> signatures(Set<String> kinds, Subject subject) throws IOException {
    var all = new ArrayList<Signature>();
    var digest = subject.manifest().digest();
    if (kinds.contains("simple") || kinds.contains("sigstore")) {
      all.addAll(source.signatures(digest));
    }
    if (kinds.contains("bundle") || kinds.contains("notation")) {
      all.addAll(source.referring(digest));
    }
    all.removeIf(signature -> !kinds.contains(signature.kind()));
    return all;
  }

  private static OciException rejected(
      Subject subject, Set<String> kinds, List<SignatureCheck> found) {
    var what = String.join(" or ", kinds.stream().sorted().toList());
    return new OciException(
        OciException.Category.REJECTED,
        "verify %s: %s"
            .formatted(
                subject.manifest().digest(),
                found.isEmpty()
                    ? "no %s signature exists".formatted(what)
                    : "none of its %d signatures holds".formatted(found.size())));
  }
}
