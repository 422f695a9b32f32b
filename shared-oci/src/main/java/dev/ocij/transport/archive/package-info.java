/// Images in one tar file: `oci-archive:` ([dev.ocij.transport.archive.OciArchiveTransport]) and
/// `docker-archive:`, what `docker save` writes
/// ([dev.ocij.transport.archive.DockerArchiveTransport]).
///
/// An archive is never unpacked: [dev.ocij.transport.archive.TarFile] reads an entry where it
/// stands, so that no name in it is ever a path here. One is written into a single file beside its
/// place, which it takes when it is whole ([dev.ocij.transport.archive.TarOutput]).
@NullMarked
package dev.ocij.transport.archive;

import org.jspecify.annotations.NullMarked;
