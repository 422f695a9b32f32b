/// The examples of `Containerfiles`, and what two builders make of them.
@NullMarked
package dev.ocij.buildah.example;

import org.jspecify.annotations.NullMarked;
