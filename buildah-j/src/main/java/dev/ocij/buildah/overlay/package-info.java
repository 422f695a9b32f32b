/// A stage's file system while it is built: layers below, changes on top.
///
/// COPY, ADD and WORKDIR never extract anything: [dev.ocij.buildah.overlay.Placement] says where
/// each thing goes in the tree that the layers make, and the layer is written straight from its
/// source. Only containers need a tree on disk: [dev.ocij.buildah.overlay.RunOverlay].
@NullMarked
package dev.ocij.buildah.overlay;

import org.jspecify.annotations.NullMarked;
