/// Linux as the C library shows it: the only native code of the project.
///
/// [dev.ocij.linux.Directory] works on names in an open directory and never follows a link.
@NullMarked
package dev.ocij.linux;

import org.jspecify.annotations.NullMarked;
