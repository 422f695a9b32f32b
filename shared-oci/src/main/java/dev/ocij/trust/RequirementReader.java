package dev.ocij.trust;

import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads one requirement of a policy and the identity in it.
final class RequirementReader {
  private static final Set<String> OTHER_KEY_TYPES =
      Set.of("signedByGPGKeys", "X509Certificates", "signedByX509CAs");
  private static final List<String> GPG_KEYS = List.of("keyPath", "keyPaths", "keyData");
  private static final List<String> SIGSTORE_KEYS =
      List.of("keyPath", "keyPaths", "keyData", "keyDatas", "fulcio", "pki");
  private static final List<String> REKOR_KEYS =
      List.of(
          "rekorPublicKeyPath", "rekorPublicKeyPaths", "rekorPublicKeyData", "rekorPublicKeyDatas");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+(?::[0-9]+)?");

  private RequirementReader() {}

  static Requirement requirement(StrictObject json) {
    var type = json.text("type");
    var requirement =
        switch (type) {
          case "insecureAcceptAnything" -> new Requirement.InsecureAcceptAnything();
          case "reject" -> new Requirement.Reject();
          case "signedBy" -> signedBy(json);
          case "signedBaseLayer" ->
              new Requirement.SignedBaseLayer(identity(json.object("baseLayerIdentity")));
          case "sigstoreSigned" -> sigstoreSigned(json);
          default -> throw json.invalid("unknown type %s".formatted(Quoted.of(type)));
        };
    json.end();
    return requirement;
  }

  private static Requirement signedBy(StrictObject json) {
    var keyType = json.text("keyType");
    var keys = keys(json, json.exactlyOne(GPG_KEYS));
    var identity = signedIdentity(json);
    if (keyType.equals("GPGKeys")) {
      return new Requirement.SignedBy(keys, identity);
    }
    if (OTHER_KEY_TYPES.contains(keyType)) {
      return new Requirement.Unimplemented("signedBy with keyType \"%s\"".formatted(keyType));
    }
    throw json.invalid("unknown keyType %s".formatted(Quoted.of(keyType)));
  }

  private static Requirement sigstoreSigned(StrictObject json) {
    var source = json.exactlyOne(SIGSTORE_KEYS);
    var rekor = json.present(REKOR_KEYS);
    if (rekor.size() > 1) {
      throw json.invalid("expected at most one of %s".formatted(rekor));
    }
    rekor.forEach(key -> keys(json, key));
    var identity = signedIdentity(json);
    return switch (source) {
      case "fulcio" -> fulcio(json, !rekor.isEmpty());
      case "pki" -> pki(json, !rekor.isEmpty());
      default -> {
        var keys = keys(json, source);
        yield rekor.isEmpty()
            ? new Requirement.SigstoreSigned(keys, identity)
            : new Requirement.Unimplemented("sigstoreSigned with " + rekor.getFirst());
      }
    };
  }

  private static Requirement fulcio(StrictObject json, boolean hasRekor) {
    if (!hasRekor) {
      throw json.invalid("\"fulcio\" needs one of %s".formatted(REKOR_KEYS));
    }
    var fulcio = json.object("fulcio");
    keys(fulcio, fulcio.exactlyOne(List.of("caPath", "caData")));
    fulcio.text("oidcIssuer");
    fulcio.text("subjectEmail");
    fulcio.end();
    return new Requirement.Unimplemented("sigstoreSigned with fulcio");
  }

  private static Requirement pki(StrictObject json, boolean hasRekor) {
    if (hasRekor) {
      throw json.invalid("\"pki\" goes with none of %s".formatted(REKOR_KEYS));
    }
    var pki = json.object("pki");
    keys(pki, pki.exactlyOne(List.of("caRootsPath", "caRootsData")));
    var intermediates = List.of("caIntermediatesPath", "caIntermediatesData");
    if (!pki.present(intermediates).isEmpty()) {
      keys(pki, pki.exactlyOne(intermediates));
    }
    var email = pki.findText("subjectEmail");
    var host = pki.findText("subjectHostname");
    if (email == null && host == null) {
      throw pki.invalid("expected subjectEmail, subjectHostname or both");
    }
    pki.end();
    return new Requirement.Unimplemented("sigstoreSigned with pki");
  }

  /// The keys under one of the keys of a requirement, whose ending tells what the value is.
  private static KeySource keys(StrictObject json, String key) {
    if (key.endsWith("Paths")) {
      return new KeySource(json.texts(key).stream().map(Path::of).toList(), List.of());
    }
    if (key.endsWith("Path")) {
      return new KeySource(List.of(Path.of(json.text(key))), List.of());
    }
    var encoded = key.endsWith("Datas") ? json.texts(key) : List.of(json.text(key));
    try {
      return new KeySource(List.of(), encoded.stream().map(Base64.getDecoder()::decode).toList());
    } catch (IllegalArgumentException e) {
      throw json.invalid("\"%s\" is not base64".formatted(key));
    }
  }

  private static SignedIdentity signedIdentity(StrictObject json) {
    return json.present(List.of("signedIdentity")).isEmpty()
        ? new SignedIdentity.MatchRepoDigestOrExact()
        : identity(json.object("signedIdentity"));
  }

  private static SignedIdentity identity(StrictObject json) {
    var type = json.text("type");
    var identity =
        switch (type) {
          case "matchExact" -> new SignedIdentity.MatchExact();
          case "matchRepoDigestOrExact" -> new SignedIdentity.MatchRepoDigestOrExact();
          case "matchRepository" -> new SignedIdentity.MatchRepository();
          case "exactReference" -> exactReference(json);
          case "exactRepository" ->
              new SignedIdentity.ExactRepository(repository(json, json.text("dockerRepository")));
          case "remapIdentity" ->
              new SignedIdentity.RemapIdentity(
                  prefix(json, "prefix"), prefix(json, "signedPrefix"));
          default -> throw json.invalid("unknown type %s".formatted(Quoted.of(type)));
        };
    json.end();
    return identity;
  }

  private static SignedIdentity exactReference(StrictObject json) {
    var text = json.text("dockerReference");
    if (!Reference.hasTagOrDigest(text)) {
      throw json.invalid(
          "dockerReference %s has neither tag nor digest".formatted(Quoted.of(text)));
    }
    try {
      return new SignedIdentity.ExactReference(Reference.parse(text));
    } catch (OciException e) {
      throw json.invalid(e.sentence());
    }
  }

  private static Repository repository(StrictObject json, String text) {
    try {
      return Reference.parse(text).repository();
    } catch (OciException e) {
      throw json.invalid(e.sentence());
    }
  }

  /// A host, or a name below one that is complete.
  private static String prefix(StrictObject json, String key) {
    var text = json.text(key);
    boolean complete =
        HOST.matcher(text).matches() || (text.indexOf('/') > 0 && isComplete(json, text));
    if (!complete) {
      throw json.invalid("\"%s\" %s is not a complete name".formatted(key, Quoted.of(text)));
    }
    return text;
  }

  private static boolean isComplete(StrictObject json, String text) {
    var repository = repository(json, text).toString();
    return text.equals(repository) || Reference.parse(text).toString().equals(text);
  }
}
