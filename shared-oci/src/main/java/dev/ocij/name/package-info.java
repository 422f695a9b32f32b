/// Names of images: [dev.ocij.name.Reference] is a registry's `host/repository:tag`, and
/// [dev.ocij.name.Location] is what a command line takes, `transport:rest`.
@NullMarked
package dev.ocij.name;

import org.jspecify.annotations.NullMarked;
