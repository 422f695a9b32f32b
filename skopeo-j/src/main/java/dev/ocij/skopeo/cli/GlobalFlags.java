package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.config.Environment;
import dev.ocij.config.TlsDetails;
import dev.ocij.http.Retries;
import dev.ocij.http.Warnings;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.term.Options;
import dev.ocij.term.template.GoDuration;
import dev.ocij.transport.registry.BlobLocations;
import dev.ocij.transport.registry.RegistryOptions;
import dev.ocij.trust.Policy;
import dev.ocij.trust.PolicyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The options before the command: whom to trust, where configuration is, what to choose from an
/// index.
final class GlobalFlags {
  /// Shared by both ends of a copy, so that blobs are mounted rather than moved.
  final BlobLocations locations = new BlobLocations();

  final Options options =
      Options.ofProgram("Copies, inspects, mirrors, signs and verifies container images.");
  private final Supplier<Optional<Duration>> commandTimeout =
      options.value(
          "--command-timeout",
          "DURATION",
          Duration.class,
          GoDuration::parse,
          "the most time that the command may take; 0 for any");
  private final Warnings warnings = new Warnings(new LogLines(options)::warning);
  final BooleanSupplier debug = options.flag("--debug", "tell more, and print stack traces");
  private final BooleanSupplier insecurePolicy =
      options.flag("--insecure-policy", "accept every image, without a policy file");
  private final Supplier<Optional<String>> overrideArch =
      options.text("--override-arch", "ARCH", "choose images for this architecture");
  private final Supplier<Optional<String>> overrideOs =
      options.text("--override-os", "OS", "choose images for this operating system");
  private final Supplier<Optional<String>> overrideVariant =
      options.text("--override-variant", "VARIANT", "choose images for this variant");
  private final Supplier<Optional<String>> policy =
      options.text("--policy", "PATH", "the trust policy, in place of the system's policy.json");
  private final Supplier<Optional<String>> tmpdir =
      options.text("--tmpdir", "DIR", "where large temporary files go");
  private final Supplier<Optional<String>> registriesD =
      options.text("--registries.d", "DIR", "registries.d, in place of the system's");
  private final BooleanSupplier requireSigned =
      options.flag("--require-signed", "accept only images whose signature the policy demands");
  private final Supplier<Optional<String>> tlsDetails =
      options.text("--tls-details", "PATH", "YAML that limits the versions and ciphers of TLS");
  private final Supplier<Optional<Boolean>> oldTlsVerify = options.oldChoice("--tls-verify");
  private final Supplier<Optional<String>> registriesConf =
      options.text("--registries-conf", "PATH", "registries.conf, in place of the system's");
  private final Supplier<Optional<String>> userAgentPrefix =
      options.text("--user-agent-prefix", "PREFIX", "what begins the User-Agent of requests");
  private final Retries retries;

  /// @param retries when requests that failed are made again
  GlobalFlags(Retries retries) {
    this.retries = retries;
  }

  /// The trust policy of this command.
  ///
  /// @throws OciException where none was found and none was waived
  Policy policy() {
    check();
    if (insecurePolicy.getAsBoolean()) {
      return Policy.acceptAnything();
    }
    var found = policyFileRead();
    return requireSigned.getAsBoolean() ? found.requiringSignatures() : found;
  }

  /// The policy that is named, or the user's or the system's.
  PolicyFile policyFileRead() {
    try {
      return policy
          .get()
          .map(file -> PolicyFile.read(Path.of(file), Builtin.signatureFormats()))
          .orElseGet(() -> PolicyFile.find(System.getenv(), Builtin.signatureFormats()));
    } catch (OciException e) {
      throw new OciException(
          OciException.Category.INVALID, "Error loading trust policy: " + e.getMessage(), e);
    }
  }

  private void check() {
    if (requireSigned.getAsBoolean() && insecurePolicy.getAsBoolean()) {
      throw new OciException(
          OciException.Category.USAGE,
          "--require-signed and --insecure-policy cannot be specified together");
    }
  }

  /// The policy that was named, for those who want no other.
  Optional<String> policyFile() {
    return policy.get();
  }

  /// What to choose from an index: this machine's platform, as far as nothing else was asked for.
  Platform platform() {
    var host = Platform.host();
    return new Platform(
        said(overrideArch).orElse(host.architecture()),
        said(overrideOs).orElse(host.os()),
        null,
        List.of(),
        said(overrideVariant).orElse(host.variant()));
  }

  /// An empty text says nothing.
  private static Optional<String> said(Supplier<Optional<String>> option) {
    return option.get().filter(text -> !text.isEmpty());
  }

  /// Where configuration is.
  Environment environment() {
    var system = Environment.system();
    var named = registriesD.get().map(Path::of).map(system::withRegistriesD).orElse(system);
    return registriesConf.get().map(Path::of).map(named::withRegistriesConf).orElse(named);
  }

  /// These options with what was said for all registries.
  ///
  /// @throws OciException where something was said that is not implemented yet
  RegistryOptions registries(RegistryOptions given) {
    check();
    var limited =
        tlsDetails.get().map(Path::of).map(TlsDetails::read).map(given::withTls).orElse(given);
    var verified = verified(limited).withRetries(retries).withWarnings(warnings);
    return userAgentPrefix.get().map(verified::withUserAgentPrefix).orElse(verified);
  }

  /// What was said before the command holds where nothing was said behind it.
  private RegistryOptions verified(RegistryOptions given) {
    if (oldTlsVerify.get().isEmpty()) {
      return given;
    }
    new LogLines(options)
        .warning("'--tls-verify' is deprecated, please set this on the specific subcommand");
    return given.tlsVerify() == null ? given.withTlsVerify(oldTlsVerify.get().get()) : given;
  }

  /// Where large temporary files go.
  Path temporary() {
    var environment = System.getenv().getOrDefault("TMPDIR", "/var/tmp");
    return Path.of(tmpdir.get().orElse(environment));
  }

  /// The time the command may take; zero for any.
  Duration commandTimeout() {
    return commandTimeout.get().orElse(Duration.ZERO);
  }
}
