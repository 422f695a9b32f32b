/// `oci:`, images in an OCI image layout: [dev.ocij.transport.layout.LayoutTransport].
///
/// [dev.ocij.transport.layout.LayoutSource] and [dev.ocij.transport.layout.LayoutSink] also serve
/// the layouts that are in an archive (`oci-archive:`) and that we keep ourselves
/// (`containers-storage:`).
@NullMarked
package dev.ocij.transport.layout;

import org.jspecify.annotations.NullMarked;
