/// What a build may take from elsewhere, and what it takes in its place: the source policies of
/// BuildKit.
@NullMarked
package dev.ocij.buildah.sourcepolicy;

import org.jspecify.annotations.NullMarked;
