package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.ContainerfileException;
import dev.ocij.buildah.text.HiddenLogins;
import dev.ocij.buildah.text.Position;

/// Where an instruction stands, and how it was written.
///
/// @param line the instruction on one line, as shown to people
/// @param text the line with the documents that belong to it
/// @param escape the escape character of its file
public record Written(Position at, String line, String text, char escape) {
  /// What people see of it has no credentials of a URL.
  public Written {
    line = HiddenLogins.without(line);
  }

  /// What is wrong with the instruction, to be thrown.
  public ContainerfileException error(String found, String help) {
    return new ContainerfileException(at, found, help);
  }

  /// What follows the keyword, documents included.
  public String arguments() {
    return text.substring(line.split("\\s", 2)[0].length()).strip();
  }
}
