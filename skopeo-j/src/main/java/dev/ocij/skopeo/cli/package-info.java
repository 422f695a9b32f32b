/// The command line of skopeo-j: a class a command, each of them options, one library call, and
/// print.
@NullMarked
package dev.ocij.skopeo.cli;

import org.jspecify.annotations.NullMarked;
