package dev.ocij.config;

import dev.ocij.name.Reference;

/// One place to read an image from: under its own name, or another that registries.conf gives it.
///
/// @param insecure whether plain HTTP and any certificate will do there
public record RegistryPlace(Reference reference, boolean insecure) {}
