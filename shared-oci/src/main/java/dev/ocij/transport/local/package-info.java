/// The transport `containers-storage:`, this project's own store: `[name|@id|id]`.
@NullMarked
package dev.ocij.transport.local;

import org.jspecify.annotations.NullMarked;
