/// Images on a local disk that any number of processes share: an OCI image layout, and beside it
/// what can be made again.
///
/// [dev.ocij.store.BlobStore] keeps content by digest, [dev.ocij.store.ImageStore] gives it names,
/// [dev.ocij.store.Store] is the root directory with both. Whatever appears under its name is
/// whole: files are written under another name, made durable, then renamed.
@NullMarked
package dev.ocij.store;

import org.jspecify.annotations.NullMarked;
