/// What `sync` copies, and where to: [dev.ocij.skopeo.sync.SyncNames] names destinations,
/// [dev.ocij.skopeo.sync.SyncFile] reads the YAML that lists sources.
@NullMarked
package dev.ocij.skopeo.sync;

import org.jspecify.annotations.NullMarked;
