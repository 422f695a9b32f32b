/// Images on disk: an OCI image layout that any number of processes share, and whatever can be made
/// again beside it.
///
/// [dev.ocij.store.BlobStore] holds content by digest, [dev.ocij.store.ImageStore] the names that
/// lead to it, [dev.ocij.store.Store] the directory of this user's own images. The order of writes
/// is always the same: content under another name, fsync, rename, fsync of the directory, and only
/// then a name that leads to it. A crash at any moment leaves garbage, never a name without
/// content.
@NullMarked
package dev.ocij.store;

import org.jspecify.annotations.NullMarked;
