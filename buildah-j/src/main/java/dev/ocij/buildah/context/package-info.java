/// What a build may copy from: a directory seen without what its ignore file leaves out, and so
/// that no link leads outside.
///
/// [dev.ocij.buildah.context.BuildContext] is the view, [dev.ocij.buildah.context.IgnoreFile] what
/// it leaves out, and [dev.ocij.buildah.context.SourceFinder] finds the sources of COPY in any
/// tree.
@NullMarked
package dev.ocij.buildah.context;

import org.jspecify.annotations.NullMarked;
