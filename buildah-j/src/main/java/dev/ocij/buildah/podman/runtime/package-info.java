/// `podman-j runtime`: the command line of OCI runtimes, so that other engines can start containers
/// by us; [dev.ocij.buildah.podman.runtime.RuntimeProgram] is the entry.
@NullMarked
package dev.ocij.buildah.podman.runtime;

import org.jspecify.annotations.NullMarked;
