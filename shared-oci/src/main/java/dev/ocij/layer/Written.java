package dev.ocij.layer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a tar says of an entry beside the [Entry] itself, as it is written there: for those who
/// tell it to others.
///
/// @param name with whatever slashes it has
/// @param target of a link; empty for other entries
/// @param mode with bits that are no permissions
/// @param atime when it was read last, where that is written
/// @param ctime when its attributes changed last, where that is written
public record Written(
    String name, String target, int mode, @Nullable Instant atime, @Nullable Instant ctime) {}
