package dev.ocij.runtime.rootless;

/// The descriptors of this process that a container gets as its standard streams. They stay open
/// here.
public record Stdio(int in, int out, int err) {

  /// The standard streams of this process.
  public static Stdio inherited() {
    return new Stdio(0, 1, 2);
  }
}
