/// Containers of the store: started from an image, listed, removed.
///
/// A container is a folder of `containers/` with a `state.json`, a tree, and a lock that its
/// process holds as long as it lives: what is found unlocked has no process any more. Start at
/// [dev.ocij.buildah.run.ContainerRun].
@NullMarked
package dev.ocij.buildah.run;

import org.jspecify.annotations.NullMarked;
