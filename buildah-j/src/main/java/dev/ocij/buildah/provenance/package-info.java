/// What a build says of its images: what they were made of and by whom, as SLSA has it, and any
/// other statements, which go beside each image as [dev.ocij.buildah.provenance.Statements].
@NullMarked
package dev.ocij.buildah.provenance;

import org.jspecify.annotations.NullMarked;
