/// Images as read-only views: an [dev.ocij.image.Artifact] is one [dev.ocij.image.Image] or an
/// [dev.ocij.image.Index] of several, wherever it comes from.
///
/// A [dev.ocij.image.Document] holds the exact bytes of a manifest; a [dev.ocij.image.Blob] is
/// everything else that has a digest, or will have one once it has flowed. Blobs read by digest
/// arrive through [dev.ocij.image.VerifiedInputStream].
@NullMarked
package dev.ocij.image;

import org.jspecify.annotations.NullMarked;
