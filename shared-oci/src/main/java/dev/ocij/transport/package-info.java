/// Ways to and from images: a [dev.ocij.transport.Transport] opens a [dev.ocij.transport.Source] to
/// read one image from a place, or a [dev.ocij.transport.Sink] to write one.
///
/// Each medium is a package below with the same three names: `LayoutTransport`, `LayoutSource`,
/// `LayoutSink`. A new one is such a package, a line in [dev.ocij.builtin.Builtin] and a line in
/// the contract test.
@NullMarked
package dev.ocij.transport;

import org.jspecify.annotations.NullMarked;
