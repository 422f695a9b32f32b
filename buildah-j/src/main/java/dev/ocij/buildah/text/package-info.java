/// A Containerfile as text: parser directives, comments, continued lines, heredocs, and the
/// expansion of variables. Knows no instruction beyond which of them may hold heredocs.
///
/// [dev.ocij.buildah.text.Containerfile] is where to start. Each character keeps the place it was
/// read from, so that [dev.ocij.buildah.text.ContainerfileException] can point at it.
@NullMarked
package dev.ocij.buildah.text;

import org.jspecify.annotations.NullMarked;
