/// What the command lines share: how a program starts, parses, reports and ends.
///
/// Start at [Program]: a name, a version, and [Commands] by name, each with its [Options].
/// Picocli's model is built without annotations and only for the commands that the arguments
/// mention: reading annotations costs more than most commands do (`--version` 108 ms with them, 42
/// ms without).
@NullMarked
package dev.ocij.term;

import org.jspecify.annotations.NullMarked;
