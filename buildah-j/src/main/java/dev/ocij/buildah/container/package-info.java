/// Working containers: images in the making that stay between commands. Start at
/// [dev.ocij.buildah.container.WorkingContainers].
///
/// A working container is a configuration and layers, as a stage of a build is, and what changes it
/// does so with the pieces of a build. Only while it is mounted it has a tree on disk.
@NullMarked
package dev.ocij.buildah.container;

import org.jspecify.annotations.NullMarked;
