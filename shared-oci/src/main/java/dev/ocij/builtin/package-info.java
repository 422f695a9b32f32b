/// THE lists of transports and signature formats, one line each: [dev.ocij.builtin.Builtin].
@NullMarked
package dev.ocij.builtin;

import org.jspecify.annotations.NullMarked;
