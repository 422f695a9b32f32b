/// podman-j's commands about secrets, a class a command; [SecretFamily] has them all.
@NullMarked
package dev.ocij.buildah.podman.secret;

import org.jspecify.annotations.NullMarked;
