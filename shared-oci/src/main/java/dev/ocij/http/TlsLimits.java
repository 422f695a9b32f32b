package dev.ocij.http;

import dev.ocij.config.TlsDetails;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.ConnectionSpec;
import okhttp3.TlsVersion;

/// What of TLS is spoken: 1.2 and 1.3 with modern ciphers, or less where that was asked for.
record TlsLimits(TlsDetails details) {
  /// The groups that the JDK knows.
  private static final Set<String> GROUPS =
      Set.of(
          "secp256r1",
          "secp384r1",
          "secp521r1",
          "x25519",
          "x448",
          "ffdhe2048",
          "ffdhe3072",
          "ffdhe4096",
          "ffdhe6144",
          "ffdhe8192");

  /// @throws OciException where a cipher suite is not known here
  ConnectionSpec spec(SSLSocketFactory sockets) {
    var spec = new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS);
    if ("1.3".equals(details.minVersion())) {
      spec.tlsVersions(TlsVersion.TLS_1_3);
    }
    var suites = details.cipherSuites();
    if (suites != null) {
      requireKnown(suites, Set.of(sockets.getSupportedCipherSuites()), "cipherSuites");
      spec.cipherSuites(suites.toArray(String[]::new));
    }
    return spec.build();
  }

  /// @throws OciException where a group is not known here
  SSLSocketFactory sockets(SSLSocketFactory all) {
    var groups = details.namedGroups();
    if (groups == null) {
      return all;
    }
    var names = groups.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    requireKnown(names, GROUPS, "namedGroups");
    return new LimitedSockets(all, names.toArray(String[]::new));
  }

  private static void requireKnown(List<String> names, Set<String> known, String field) {
    for (var name : names) {
      if (!known.contains(name)) {
        throw new OciException(
            OciException.Category.UNSUPPORTED,
            "TLS details: %s: %s is not known here".formatted(field, Quoted.of(name)));
      }
    }
  }
}
