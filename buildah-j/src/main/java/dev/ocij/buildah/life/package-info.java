/// The lives of containers: started, watched by a monitor, attached to, entered, stopped.
///
/// A container in the foreground is a child of the command itself; one in the background is a child
/// of a monitor, which keeps its log and its exit status and ends with it. Start at
/// [dev.ocij.buildah.life.Supervision].
@NullMarked
package dev.ocij.buildah.life;

import org.jspecify.annotations.NullMarked;
