package dev.ocij.trust;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads whom a requirement of a policy trusts.
final class TrustedSignerReader {
  private static final List<String> SOURCES =
      List.of("keyPath", "keyPaths", "keyData", "keyDatas", "fulcio", "pki");
  private static final String KEYLESS = "keyless";
  private static final List<String> LOG_KEYS =
      List.of(
          "rekorPublicKeyPath", "rekorPublicKeyPaths", "rekorPublicKeyData", "rekorPublicKeyDatas");

  private TrustedSignerReader() {}

  static TrustedSigner signer(StrictObject json) {
    var source = json.exactlyOne(SOURCES);
    var log = log(json);
    return switch (source) {
      case "fulcio" -> person(json, log);
      case "pki" -> certified(json, log);
      default -> new TrustedSigner.Keys(keys(json, source), log);
    };
  }

  /// As [#signer], of bundles, which may also be somebody's of a trusted root.
  static TrustedSigner bundleSigner(StrictObject json) {
    return json.present(List.of(KEYLESS)).isEmpty() ? signer(json) : keyless(json);
  }

  private static TrustedSigner keyless(StrictObject json) {
    var others = json.present(SOURCES);
    if (!others.isEmpty()) {
      throw json.invalid("\"keyless\" goes with none of " + others);
    }
    var keyless = json.object(KEYLESS);
    var source = keyless.exactlyOne(List.of("trustedRootPath", "trustedRootData"));
    var name = keyless.exactlyOne(List.of("subjectEmail", "subjectURI"));
    var signer =
        new TrustedSigner.Keyless(
            keys(keyless, source), keyless.text("oidcIssuer"), keyless.text(name));
    keyless.end();
    return signer;
  }

  static TrustedSigner notary(StrictObject json) {
    var authorities =
        keys(json, json.exactlyOne(List.of("caPath", "caPaths", "caData", "caDatas")));
    return new TrustedSigner.Notary(authorities, json.texts("trustedIdentities"), NotaryRules.NOW);
  }

  /// The keys under one of the keys of a requirement, whose ending tells what the value is.
  static KeySource keys(StrictObject json, String key) {
    if (key.endsWith("Paths")) {
      return new KeySource(json.texts(key).stream().map(Path::of).toList(), List.of());
    }
    if (key.endsWith("Path")) {
      return new KeySource(List.of(Path.of(json.text(key))), List.of());
    }
    var encoded = key.endsWith("Datas") ? json.texts(key) : List.of(json.text(key));
    try {
      return KeySource.ofData(encoded.stream().map(Base64.getDecoder()::decode).toList());
    } catch (IllegalArgumentException e) {
      throw json.invalid("\"%s\" is not base64".formatted(key));
    }
  }

  private static @Nullable KeySource log(StrictObject json) {
    var present = json.present(LOG_KEYS);
    if (present.size() > 1) {
      throw json.invalid("expected at most one of %s".formatted(present));
    }
    return present.isEmpty() ? null : keys(json, present.getFirst());
  }

  private static TrustedSigner person(StrictObject json, @Nullable KeySource log) {
    if (log == null) {
      throw json.invalid("\"fulcio\" needs one of %s".formatted(LOG_KEYS));
    }
    var fulcio = json.object("fulcio");
    var authorities = keys(fulcio, fulcio.exactlyOne(List.of("caPath", "caData")));
    var person =
        new TrustedSigner.Person(
            authorities, fulcio.text("oidcIssuer"), fulcio.text("subjectEmail"), log);
    fulcio.end();
    return person;
  }

  private static TrustedSigner certified(StrictObject json, @Nullable KeySource log) {
    if (log != null) {
      throw json.invalid("\"pki\" goes with none of %s".formatted(LOG_KEYS));
    }
    var pki = json.object("pki");
    var roots = keys(pki, pki.exactlyOne(List.of("caRootsPath", "caRootsData")));
    var names = List.of("caIntermediatesPath", "caIntermediatesData");
    var intermediates =
        pki.present(names).isEmpty() ? KeySource.NONE : keys(pki, pki.exactlyOne(names));
    var email = pki.findText("subjectEmail");
    var host = pki.findText("subjectHostname");
    if (email == null && host == null) {
      throw pki.invalid("expected subjectEmail, subjectHostname or both");
    }
    pki.end();
    return new TrustedSigner.Certified(roots, intermediates, email, host);
  }
}
