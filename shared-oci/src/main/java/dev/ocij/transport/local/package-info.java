/// `containers-storage:`, this user's own images: [dev.ocij.transport.local.LocalTransport] over
/// [dev.ocij.store.Store].
@NullMarked
package dev.ocij.transport.local;

import org.jspecify.annotations.NullMarked;
