/// The build flow: [dev.ocij.buildah.build.Builder] takes a Containerfile to an image, which enters
/// the copy flow as one more source.
///
/// A [dev.ocij.buildah.build.BuildSession] is one build while it goes on:
/// [dev.ocij.buildah.build.StageStarts] tells what a stage starts from,
/// [dev.ocij.buildah.build.StageExecution] makes it step by step, with what
/// [dev.ocij.buildah.build.OpenOrigins] opens and unless [dev.ocij.buildah.build.StageMemory] has
/// the result.
@NullMarked
package dev.ocij.buildah.build;

import org.jspecify.annotations.NullMarked;
