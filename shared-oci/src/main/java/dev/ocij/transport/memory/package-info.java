/// `memory:`, images in this process, for tests and examples:
/// [dev.ocij.transport.memory.MemoryTransport].
@NullMarked
package dev.ocij.transport.memory;

import org.jspecify.annotations.NullMarked;
