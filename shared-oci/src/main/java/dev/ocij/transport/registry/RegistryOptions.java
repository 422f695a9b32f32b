package dev.ocij.transport.registry;

import dev.ocij.config.Environment;
import dev.ocij.config.TlsDetails;
import dev.ocij.http.Retries;
import dev.ocij.http.Warnings;
import dev.ocij.transport.registry.auth.Credential;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What one end of a command is told about registries.
///
/// @param credential instead of any that would be looked up; null for the look-up
/// @param authfile the only file to look in; null for the usual ones
/// @param certDir authorities and client certificates beside the system's
/// @param tlsVerify false accepts any certificate, and plain HTTP where https fails; null for what
///   is configured
/// @param tls limits of what is spoken
/// @param userAgent of the requests
/// @param warnings gets what registries want people to know
public record RegistryOptions(
    @Nullable Credential credential,
    @Nullable Path authfile,
    @Nullable Path certDir,
    @Nullable Boolean tlsVerify,
    TlsDetails tls,
    String userAgent,
    Environment environment,
    Retries retries,
    Consumer<String> warnings) {
  private static final String USER_AGENT = "ocij/0.1";

  private static final Consumer<String> LOGGED = new Warnings(RegistryOptions::log);

  public static RegistryOptions of(Environment environment) {
    return new RegistryOptions(
        null, null, null, null, TlsDetails.NONE, USER_AGENT, environment, Retries.system(), LOGGED);
  }

  /// Only who has something to say looks for somebody who hears it, for that opens each library.
  private static void log(String warning) {
    System.getLogger(RegistryOptions.class.getName()).log(System.Logger.Level.WARNING, warning);
  }

  public RegistryOptions withCredential(@Nullable Credential changed) {
    return new RegistryOptions(
        changed, authfile, certDir, tlsVerify, tls, userAgent, environment, retries, warnings);
  }

  public RegistryOptions withAuthfile(@Nullable Path changed) {
    return new RegistryOptions(
        credential, changed, certDir, tlsVerify, tls, userAgent, environment, retries, warnings);
  }

  public RegistryOptions withCertDir(@Nullable Path changed) {
    return new RegistryOptions(
        credential, authfile, changed, tlsVerify, tls, userAgent, environment, retries, warnings);
  }

  public RegistryOptions withTlsVerify(@Nullable Boolean changed) {
    return new RegistryOptions(
        credential, authfile, certDir, changed, tls, userAgent, environment, retries, warnings);
  }

  public RegistryOptions withTls(TlsDetails changed) {
    return new RegistryOptions(
        credential,
        authfile,
        certDir,
        tlsVerify,
        changed,
        userAgent,
        environment,
        retries,
        warnings);
  }

  /// Puts a word before the user agent.
  public RegistryOptions withUserAgentPrefix(String prefix) {
    return new RegistryOptions(
        credential,
        authfile,
        certDir,
        tlsVerify,
        tls,
        prefix + " " + userAgent,
        environment,
        retries,
        warnings);
  }

  public RegistryOptions withRetries(Retries changed) {
    return new RegistryOptions(
        credential, authfile, certDir, tlsVerify, tls, userAgent, environment, changed, warnings);
  }

  /// @param changed gets what registries want people to know, each time they say it
  public RegistryOptions withWarnings(Consumer<String> changed) {
    return new RegistryOptions(
        credential, authfile, certDir, tlsVerify, tls, userAgent, environment, retries, changed);
  }
}
