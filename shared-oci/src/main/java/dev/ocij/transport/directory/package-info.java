/// The transport `dir:`, one image as flat files of a directory: containers-transports(5).
@NullMarked
package dev.ocij.transport.directory;

import org.jspecify.annotations.NullMarked;
