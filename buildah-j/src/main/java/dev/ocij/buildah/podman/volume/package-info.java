/// podman-j's commands about volumes, a class a command.
@NullMarked
package dev.ocij.buildah.podman.volume;

import org.jspecify.annotations.NullMarked;
