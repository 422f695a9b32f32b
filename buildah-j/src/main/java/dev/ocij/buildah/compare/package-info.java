/// Two images compared, down to the first layer, entry or field that differs. Start at
/// [dev.ocij.buildah.compare.ImageComparison].
@NullMarked
package dev.ocij.buildah.compare;

import org.jspecify.annotations.NullMarked;
