/// The commands about pods: options, one call, print. Start at
/// [dev.ocij.buildah.podman.pod.PodFamily].
@NullMarked
package dev.ocij.buildah.podman.pod;

import org.jspecify.annotations.NullMarked;
