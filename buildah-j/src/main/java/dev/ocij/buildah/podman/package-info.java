/// The docker-compatible face of the runner: `podman-j run`, `exec`, `ps` and their kin, a class a
/// command.
@NullMarked
package dev.ocij.buildah.podman;

import org.jspecify.annotations.NullMarked;
