/// What a build may copy from: a directory, seen without what its ignore file leaves out and so
/// that no link leads outside; and what comes from elsewhere, files of the web and Git
/// repositories.
///
/// [dev.ocij.buildah.context.BuildContext] is the view of a directory,
/// [dev.ocij.buildah.context.IgnoreFile] what it leaves out, and
/// [dev.ocij.buildah.context.SourceFinder] finds the sources of COPY in any tree.
/// [dev.ocij.buildah.context.Contexts] opens a context by what the caller calls it, and
/// [dev.ocij.buildah.context.Downloads] fetches what is not here.
@NullMarked
package dev.ocij.buildah.context;

import org.jspecify.annotations.NullMarked;
