/// `tarball:`, root file systems in tar files, read as an image:
/// [dev.ocij.transport.tarball.TarballTransport].
@NullMarked
package dev.ocij.transport.tarball;

import org.jspecify.annotations.NullMarked;
