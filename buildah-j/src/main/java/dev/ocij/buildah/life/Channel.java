package dev.ocij.buildah.life;

/// An output of a program.
public enum Channel {
  OUT("stdout"),
  ERR("stderr");

  private final String text;

  Channel(String text) {
    this.text = text;
  }

  /// As logs call it.
  String text() {
    return text;
  }
}
