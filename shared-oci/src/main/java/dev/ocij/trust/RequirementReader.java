package dev.ocij.trust;

import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads one requirement of a policy and the identity in it.
final class RequirementReader {
  private static final Set<String> OTHER_KEY_TYPES =
      Set.of("signedByGPGKeys", "X509Certificates", "signedByX509CAs");
  private static final List<String> GPG_KEYS = List.of("keyPath", "keyPaths", "keyData");
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
          case "bundleSigned" -> bundleSigned(json);
          case "notationSigned" -> new Requirement.NotationSigned(TrustedSignerReader.notary(json));
          default -> throw json.invalid("unknown type %s".formatted(Quoted.of(type)));
        };
    json.end();
    return requirement;
  }

  private static Requirement signedBy(StrictObject json) {
    var keyType = json.text("keyType");
    var keys = TrustedSignerReader.keys(json, json.exactlyOne(GPG_KEYS));
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
    return new Requirement.SigstoreSigned(TrustedSignerReader.signer(json), signedIdentity(json));
  }

  private static Requirement bundleSigned(StrictObject json) {
    var predicate = json.findText("predicateType");
    return new Requirement.BundleSigned(
        TrustedSignerReader.bundleSigner(json),
        predicate == null ? Requirement.BundleSigned.SIGNED : predicate);
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
