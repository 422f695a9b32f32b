package dev.ocij.copy;

import dev.ocij.image.Artifact;
import dev.ocij.image.Document;
import dev.ocij.spec.Digest;
import dev.ocij.transport.Referrer;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// Carries what is attached to a manifest, and what is attached to that in turn.
record Attachments(Attached wanted, Source source, Sink sink, Artifact.Writer writer) {
  /// Whether there is any.
  boolean isAttachedTo(Digest manifest) throws IOException {
    if (wanted.referrers() && !source.referrers(manifest).isEmpty()) {
      return true;
    }
    if (wanted.digestTags()) {
      for (var tag : Referrer.tags(manifest).toList()) {
        if (source.beside(tag).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /// Stores what is attached to a manifest of the source beside the same one of the destination.
  void carry(Digest manifest) throws IOException {
    if (wanted.referrers()) {
      carryReferrers(manifest, new HashSet<>());
    }
    if (wanted.digestTags()) {
      for (var tag : Referrer.tags(manifest).toList()) {
        var beside = source.beside(tag);
        if (beside.isPresent()) {
          sink.putBeside(tag, written(beside.get()));
        }
      }
    }
  }

  /// @param carried those that were; a list may name anything
  private void carryReferrers(Digest subject, Set<Digest> carried) throws IOException {
    for (var entry : source.referrers(subject)) {
      if (carried.add(entry.digest())) {
        sink.putReferrer(written(source.member(entry)));
        carryReferrers(entry.digest(), carried);
      }
    }
  }

  private Document written(Document document) throws IOException {
    return source.artifact(document).write(writer);
  }
}
