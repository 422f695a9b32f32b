package dev.ocij.copy;

import dev.ocij.image.Document;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The signatures of what is copied: those that the source has, each looked up once, and new ones.
///
/// @param known what the source has, by the digest of what is signed
record CopiedSignatures(
    CopyRequest request,
    Source source,
    Sink sink,
    Progress progress,
    Map<Digest, List<Signature>> known) {
  CopiedSignatures(CopyRequest request, Source source, Sink sink, Progress progress) {
    this(request, source, sink, progress, new ConcurrentHashMap<>());
  }

  /// Refuses what the destination would refuse at the end, while nothing is written yet.
  ///
  /// @param original null for what is signed only when it is written
  void requirePlace(@Nullable Document original) throws IOException {
    if (original == null) {
      return;
    }
    var kept = kept(original);
    var accepted = sink.accepts().signatures();
    if (!kept.stream().allMatch(each -> accepted.stream().anyMatch(a -> a.isInstance(each)))) {
      sink.putSignatures(original.digest(), kept);
    }
  }

  /// Whether there are any that come along.
  boolean isSigned(Document original) throws IOException {
    return !kept(original).isEmpty();
  }

  /// Stores those of the source and the new ones beside a manifest that was written.
  void sign(Document manifest) throws IOException {
    var signatures = new ArrayList<>(kept(manifest));
    for (var signer : request.beside().signers()) {
      var signature = signer.sign(manifest, identity());
      progress.signing(signature);
      signatures.add(signature);
    }
    if (!signatures.isEmpty()) {
      progress.storingSignatures();
      sink.putSignatures(manifest.digest(), List.copyOf(signatures));
    }
  }

  private List<Signature> kept(Document manifest) throws IOException {
    if (!request.beside().keepsSignatures()) {
      return List.of();
    }
    var found = known.get(manifest.digest());
    if (found == null) {
      found = source.signatures(manifest.digest());
      known.put(manifest.digest(), found);
    }
    return found;
  }

  private String identity() {
    var reference = sink.reference();
    if (request.beside().signIdentity() != null) {
      return request.beside().signIdentity();
    }
    if (reference == null) {
      throw new OciException(
          OciException.Category.USAGE,
          "sign %s: the destination has no name that a signature could carry; say one with --sign-identity"
              .formatted(request.to()));
    }
    return reference.toString();
  }
}
