package dev.ocij.trust;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ocij.spec.Quoted;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a policy demands of one image, and what became of each demand.
///
/// @param transport whose rules count
/// @param scope the most specific one that matches; null where the policy's default does
/// @param demands all of them must be met
public record Explanation(String transport, @Nullable String scope, List<Demand> demands) {
  public Explanation {
    demands = List.copyOf(demands);
  }

  /// @param demand in words
  /// @param refusal why the image does not meet it; null where it does
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Demand(String demand, @Nullable String refusal) {}

  public boolean isAccepted() {
    return demands.stream().allMatch(demand -> demand.refusal() == null);
  }

  /// Whose rules count, in words.
  public String place() {
    return place(transport, scope);
  }

  static String place(String transport, @Nullable String scope) {
    return scope == null
        ? "transport %s, the policy's default".formatted(transport)
        : "transport %s, scope %s".formatted(transport, Quoted.of(scope));
  }

  /// A requirement in words.
  static String text(Requirement requirement) {
    return switch (requirement) {
      case Requirement.InsecureAcceptAnything _ -> "insecureAcceptAnything";
      case Requirement.Reject _ -> "reject";
      case Requirement.SignedBy(var keys, var identity) ->
          "signedBy %s, %s".formatted(text(keys, "key"), text(identity));
      case Requirement.SignedBaseLayer _ -> "signedBaseLayer";
      case Requirement.SigstoreSigned(var signer, var identity) ->
          "sigstoreSigned by %s, %s".formatted(text(signer), text(identity));
      case Requirement.BundleSigned(var signer, var predicate) ->
          "bundleSigned by %s, saying %s".formatted(text(signer), predicate);
      case Requirement.NotationSigned(var signer) -> "notationSigned by " + text(signer);
      case Requirement.Unimplemented(var feature) -> feature;
    };
  }

  private static String text(TrustedSigner signer) {
    return switch (signer) {
      case TrustedSigner.Keys(var keys, var log) ->
          text(keys, "key") + (log == null ? "" : ", logged by " + text(log, "key"));
      case TrustedSigner.Person(var authorities, var issuer, var email, var log) ->
          "%s of %s, certified by %s, logged by %s"
              .formatted(email, issuer, text(authorities, "authority"), text(log, "key"));
      case TrustedSigner.Keyless(var root, var issuer, var identity) ->
          "%s of %s, by %s".formatted(identity, issuer, text(root, "trusted root"));
      case TrustedSigner.Certified(var roots, _, var email, var host) ->
          "%s, certified by %s"
              .formatted(
                  email == null ? host : host == null ? email : email + " and " + host,
                  text(roots, "authority"));
      case TrustedSigner.Notary(var authorities, var identities, _) ->
          "%s, certified by %s"
              .formatted(String.join(" or ", identities), text(authorities, "authority"));
    };
  }

  private static String text(KeySource keys, String what) {
    var paths = keys.paths().stream().map(Path::toString).toList();
    return paths.isEmpty()
        ? "%s in the policy (%d)".formatted(what, keys.data().size())
        : String.join(" or ", paths);
  }

  private static String text(SignedIdentity identity) {
    var name = identity.getClass().getSimpleName();
    var kind = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    return switch (identity) {
      case SignedIdentity.MatchExact _,
          SignedIdentity.MatchRepoDigestOrExact _,
          SignedIdentity.MatchRepository _ ->
          kind;
      case SignedIdentity.ExactReference(var reference) -> kind + " " + reference;
      case SignedIdentity.ExactRepository(var repository) -> kind + " " + repository;
      case SignedIdentity.RemapIdentity(var prefix, var signed) ->
          "%s %s to %s".formatted(kind, prefix, signed);
    };
  }
}
