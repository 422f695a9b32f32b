/// The command line of buildah-j: a class a command, each of them options, one library call, and
/// print.
@NullMarked
package dev.ocij.buildah.cli;

import org.jspecify.annotations.NullMarked;
