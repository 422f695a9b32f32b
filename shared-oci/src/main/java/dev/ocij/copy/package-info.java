/// The copy flow: [dev.ocij.copy.Copier] moves one image from a place to another, by way of the
/// policy and the edits that the destination needs.
///
/// A built image enters here too: it is one more source.
@NullMarked
package dev.ocij.copy;

import org.jspecify.annotations.NullMarked;
