/// Bad images and build contexts, and what becomes of them.
@NullMarked
package dev.ocij.buildah.badinputs;

import org.jspecify.annotations.NullMarked;
