package dev.ocij.transport.registry.auth;

/// What a request needs in its repository; a request carries it as a tag.
public enum Access {
  PULL("pull"),
  PUSH("pull,push"),
  DELETE("*");

  private final String actions;

  Access(String actions) {
    this.actions = actions;
  }

  /// The scope of a token that allows this.
  String scope(String repository) {
    return "repository:%s:%s".formatted(repository, actions);
  }
}
