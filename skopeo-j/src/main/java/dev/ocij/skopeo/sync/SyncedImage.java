package dev.ocij.skopeo.sync;

import dev.ocij.name.Location;

/// One image that `sync` copies.
public record SyncedImage(Location from, Location to) {}
