/// Java applications as layers, by Jib core: an archive or folders of classes become the layers and
/// the settings of an image, which a build stacks on a base. Start at
/// [dev.ocij.buildah.java.JavaApplication].
@NullMarked
package dev.ocij.buildah.java;

import org.jspecify.annotations.NullMarked;
