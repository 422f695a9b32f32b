/// `docker-daemon:`, the images of a Docker daemon: [dev.ocij.transport.daemon.DaemonTransport].
///
/// Images go over its API as the archives that `docker save` writes and `docker load` reads; what
/// is in one is the business of [dev.ocij.transport.archive].
@NullMarked
package dev.ocij.transport.daemon;

import org.jspecify.annotations.NullMarked;
