package dev.ocij.transport.registry;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;

/// Whether a registry knows a credential.
public final class RegistryLogin {
  private RegistryLogin() {}

  /// Asks the registry, which accepts the credential of these options when this returns.
  ///
  /// @throws OciException of category `UNAUTHORIZED` where it does not
  public static void check(String registry, RegistryOptions options) throws IOException {
    try {
      new Registries(options, true).ping(registry);
    } catch (OciException e) {
      throw e.category() == OciException.Category.UNAUTHORIZED
          ? new OciException(
              OciException.Category.UNAUTHORIZED,
              "logging into %s: invalid username/password".formatted(Quoted.of(registry)),
              e)
          : failed(registry, e.category(), e);
    } catch (IOException e) {
      throw failed(registry, OciException.Category.UNAVAILABLE, e);
    }
  }

  private static OciException failed(
      String registry, OciException.Category category, Exception cause) {
    return new OciException(
        category,
        "authenticating creds for %s: %s".formatted(Quoted.of(registry), Reason.of(cause)),
        cause);
  }
}
