/// The build flow: [dev.ocij.buildah.build.Builder] takes a Containerfile to an image, which enters
/// the copy flow as one more source.
@NullMarked
package dev.ocij.buildah.build;

import org.jspecify.annotations.NullMarked;
