package dev.ocij.testing;

import java.net.URI;

/// Parts of docker-registry's configuration; paths are relative to the folder that it is started
/// in.
final class RegistryYaml {

  private RegistryYaml() {}

  static String storage() {
    return """
    version: 0.1
    log:
      accesslog:
        disabled: true
    storage:
      filesystem:
        rootdirectory: storage
      delete:
        enabled: true
    http:
      addr: 127.0.0.1:0
      relativeurls: true
    """;
  }

  /// Continues `http`, so it comes directly after [#storage()].
  static String tls() {
    return """
      tls:
        certificate: tls.crt
        key: tls.key
    """;
  }

  static String schema1() {
    return """
    compatibility:
      schema1:
        enabled: true
    """;
  }

  static String passwords() {
    return """
    auth:
      htpasswd:
        realm: test
        path: htpasswd
    """;
  }

  static String tokens(URI realm) {
    return """
    auth:
      token:
        realm: %s
        service: %s
        issuer: %s
        rootcertbundle: tokens.crt
    """
        .formatted(realm, TokenServer.SERVICE, TokenServer.ISSUER);
  }
}
