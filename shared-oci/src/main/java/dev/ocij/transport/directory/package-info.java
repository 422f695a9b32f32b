/// `dir:`, one image as plain files in one directory:
/// [dev.ocij.transport.directory.DirectoryTransport].
@NullMarked
package dev.ocij.transport.directory;

import org.jspecify.annotations.NullMarked;
