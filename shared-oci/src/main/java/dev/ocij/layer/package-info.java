/// Layers as archives and as trees: what a layer tar holds, how it looks on disk, and how a changed
/// tree becomes a layer again.
///
/// [dev.ocij.layer.TarReader] reads strictly and never trusts a name, [dev.ocij.layer.LayerWriter]
/// writes bytes that depend on the entries alone. Most work needs no extraction: a
/// [dev.ocij.layer.TarIndex] knows what stands where inside one tar, and a
/// [dev.ocij.layer.LayeredTree] shows a stack of them as one tree. Where a tree must be real,
/// [dev.ocij.layer.Unpacker] makes it and [dev.ocij.layer.TreeDiff] finds what has changed.
@NullMarked
package dev.ocij.layer;

import org.jspecify.annotations.NullMarked;
