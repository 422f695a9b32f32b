package dev.ocij.skopeo.sync;

import dev.ocij.name.Location;

/// One image that `sync` copies.
///
/// @param listed whether it was found by listing its repository, not by its name
public record SyncedImage(Location from, Location to, boolean listed) {}
