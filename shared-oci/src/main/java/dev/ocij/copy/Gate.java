package dev.ocij.copy;

import dev.ocij.image.Artifact;
import dev.ocij.image.Index;
import dev.ocij.transport.Source;
import dev.ocij.trust.Policy;

/// Lets through what the policy accepts: an index, and each of its images when it is read.
record Gate(Policy policy, Source source) {
  Artifact accept(Artifact artifact) {
    var accepted = policy.evaluate(source.candidate(artifact)).orThrow();
    return accepted instanceof Index index ? index.mapMembers(this::accept) : accepted;
  }
}
