/// podman-j's commands about the machine and the whole store: `info`, `system df` and their kin.
@NullMarked
package dev.ocij.buildah.podman.system;

import org.jspecify.annotations.NullMarked;
