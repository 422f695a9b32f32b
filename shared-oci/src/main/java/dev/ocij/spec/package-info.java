/// The image specification as records: one record for each document and descriptor of OCI
/// image-spec 1.1, with Docker's schema 2 read into the same.
///
/// Compact constructors check what the specification demands and copy lists, nothing more. The
/// bytes that a document was parsed from stay beside it in [dev.ocij.image.Artifact]; nothing is
/// ever written again from its parsed form to copy it, because its digest would change. Start at
/// [dev.ocij.spec.Descriptor].
@NullMarked
package dev.ocij.spec;

import org.jspecify.annotations.NullMarked;
