/// A container before it runs: the runtime specification's `config.json` as records, and the bundle
/// that holds it.
///
/// [dev.ocij.runtime.Bundles] makes a [dev.ocij.runtime.Bundle] from an image's configuration and
/// what the caller wants differently. Any runtime of the specification can run it; ours is
/// [dev.ocij.runtime.rootless].
@NullMarked
package dev.ocij.runtime;

import org.jspecify.annotations.NullMarked;
