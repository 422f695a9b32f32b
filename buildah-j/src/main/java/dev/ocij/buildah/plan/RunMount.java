package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Mount;

/// A mount of RUN.
///
/// @param origin what it shows, or what a new cache starts with; nothing for the other types
public record RunMount(Mount mount, Origin origin) {}
