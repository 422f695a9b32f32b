package dev.ocij.term;

/// Exit statuses that more than one program uses.
public final class ExitCode {
  public static final int OK = 0;

  /// Any failure of skopeo-j.
  public static final int FAILED = 1;

  /// skopeo-j did not find the image that it was to read.
  public static final int IMAGE_NOT_FOUND = 2;

  /// The tool itself failed, in buildah-j and podman-j: 1 to 124 belong to the command in the
  /// container.
  public static final int TOOL_FAILED = 125;

  private ExitCode() {}
}
