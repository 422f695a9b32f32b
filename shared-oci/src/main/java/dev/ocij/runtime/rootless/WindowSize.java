package dev.ocij.runtime.rootless;

/// How large a terminal is, in characters.
public record WindowSize(int rows, int columns) {}
