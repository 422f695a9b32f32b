package dev.ocij.trust;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One statement of a trust policy: whom to believe about some repositories, and how strictly.
///
/// @param enforced which checks count, by their names; those that are not there do not
/// @param stores kinds and names of trust stores, as `ca:NAME`
/// @param onlyExpired whether timestamps are looked at only where a certificate is over
record NotaryStatement(
    String name,
    List<String> scopes,
    String level,
    List<String> enforced,
    List<String> stores,
    List<String> identities,
    boolean onlyExpired) {
  private static final String SKIP = "skip";
  private static final List<String> ALL =
      List.of("authenticity", "authenticTimestamp", "expiry", "revocation");
  private static final Map<String, List<String>> LEVELS =
      Map.of(
          "strict",
          ALL,
          "permissive",
          List.of("authenticity"),
          "audit",
          List.of(),
          SKIP,
          List.of());

  NotaryStatement {
    scopes = List.copyOf(scopes);
    enforced = List.copyOf(enforced);
    stores = List.copyOf(stores);
    identities = List.copyOf(identities);
  }

  static NotaryStatement read(StrictObject json) {
    var name = json.text("name");
    var scopes = json.texts("registryScopes");
    if (scopes.size() > 1 && scopes.contains("*")) {
      throw json.invalid("the scope \"*\" stands alone");
    }
    var verification = json.object("signatureVerification");
    var level = verification.text("level");
    var enforced = enforced(verification, level);
    boolean onlyExpired = onlyExpired(verification);
    verification.end();
    var statement =
        level.equals(SKIP)
            ? new NotaryStatement(name, scopes, level, enforced, List.of(), List.of(), false)
            : new NotaryStatement(
                name,
                scopes,
                level,
                enforced,
                json.texts("trustStores"),
                json.texts("trustedIdentities"),
                onlyExpired);
    json.end();
    return statement;
  }

  /// @param folder of the trust stores
  TrustedSigner.Notary signer(Path folder) {
    if (level.equals(SKIP)) {
      throw new OciException(
          OciException.Category.REJECTED,
          "trust policy: the statement %s skips verification, so nothing is verified"
              .formatted(Quoted.of(name)));
    }
    var files = new NotaryStores(folder);
    var rules =
        new NotaryRules(
            enforced.contains("authenticity"),
            enforced.contains("authenticTimestamp"),
            enforced.contains("expiry"),
            enforced.contains("revocation"),
            files.read("tsa", stores),
            onlyExpired,
            files.read("signingAuthority", stores));
    return new TrustedSigner.Notary(files.read("ca", stores), identities, rules);
  }

  private static List<String> enforced(StrictObject verification, String level) {
    var byLevel = LEVELS.get(level);
    if (byLevel == null) {
      throw verification.invalid("the level %s is not known".formatted(Quoted.of(level)));
    }
    var actions = new HashMap<String, String>();
    byLevel.forEach(check -> actions.put(check, "enforce"));
    if (!verification.present(List.of("override")).isEmpty()) {
      if (level.equals(SKIP)) {
        throw verification.invalid("the level \"skip\" goes with no override");
      }
      var override = verification.object("override");
      for (var check : override.present(ALL)) {
        actions.put(check, action(override, check));
      }
      override.end();
    }
    return ALL.stream().filter(check -> "enforce".equals(actions.get(check))).toList();
  }

  private static String action(StrictObject override, String check) {
    var action = override.text(check);
    if (!List.of("enforce", "log", SKIP).contains(action)) {
      throw override.invalid("the action %s is not known".formatted(Quoted.of(action)));
    }
    return action;
  }

  private static boolean onlyExpired(StrictObject verification) {
    var said = verification.findText("verifyTimestamp");
    var when = said == null ? "always" : said;
    return switch (when) {
      case "always" -> false;
      case "afterCertExpiry" -> true;
      default ->
          throw verification.invalid(
              "verifyTimestamp %s is neither always nor afterCertExpiry"
                  .formatted(Quoted.of(when)));
    };
  }
}
