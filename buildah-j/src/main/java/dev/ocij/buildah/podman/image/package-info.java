/// podman-j's commands about images: `images`, `save`, `image prune` and their kin, a class a
/// command.
@NullMarked
package dev.ocij.buildah.podman.image;

import org.jspecify.annotations.NullMarked;
