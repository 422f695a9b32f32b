/// What software is in an image, by what its package managers and languages left there, and bills
/// of material that tell so. Start at [dev.ocij.buildah.contents.ImageContents].
@NullMarked
package dev.ocij.buildah.contents;

import org.jspecify.annotations.NullMarked;
