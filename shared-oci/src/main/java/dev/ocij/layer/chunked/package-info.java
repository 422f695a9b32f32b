/// Layers in the format `zstd:chunked`: a zstd stream like any other, in which each piece of a file
/// is a frame of its own, and whose end lists what stands where. Who has some of the files fetches
/// the others alone; [dev.ocij.layer.chunked.ChunkedLayer] writes it.
@NullMarked
package dev.ocij.layer.chunked;

import org.jspecify.annotations.NullMarked;
