/// The images that builds and containers start from: opened in the store or pulled, none without
/// the policy. Start at [dev.ocij.buildah.base.BaseImages].
@NullMarked
package dev.ocij.buildah.base;

import org.jspecify.annotations.NullMarked;
