package dev.ocij.transport.registry;

import okhttp3.HttpUrl;

/// An upload session: distribution-spec, "Pushing blobs".
///
/// @param location where the next bytes go; on another host without credentials
/// @param offset how many bytes the registry has
record Upload(HttpUrl location, long offset) {}
