package dev.ocij.buildah.text;

import dev.ocij.spec.OciException;

/// What is wrong in a Containerfile, and where. The sentence is `file:line:column: what was found;
/// what would help`.
public final class ContainerfileException extends OciException implements Placed {
  private final transient Position at;
  private final String found;
  private final String help;

  /// @param help what would help, or empty
  public ContainerfileException(Position at, String found, String help) {
    super(Category.INVALID, at + ": " + withHelp(found, help));
    this.at = at;
    this.found = found;
    this.help = help;
  }

  @Override
  public Position at() {
    return at;
  }

  /// What was found, without the place.
  public String found() {
    return found;
  }

  /// What would help; may be empty.
  public String help() {
    return help;
  }

  private static String withHelp(String found, String help) {
    return help.isEmpty() ? found : found + "; " + help;
  }
}
