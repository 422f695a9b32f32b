/// What steps of earlier builds gave, found again by everything they depended on:
/// [dev.ocij.buildah.cache.CacheKey] names it, [dev.ocij.buildah.cache.StepCache] keeps it.
@NullMarked
package dev.ocij.buildah.cache;

import org.jspecify.annotations.NullMarked;
