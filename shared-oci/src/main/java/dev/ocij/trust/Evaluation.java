package dev.ocij.trust;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One image held against requirements; its signatures are read once, when the first one asks.
final class Evaluation {
  private static final int MOST_SIGNATURES = 100;

  private final Candidate candidate;
  private final List<SignatureFormat<?>> formats;
  private @Nullable List<Signature> beside;
  private @Nullable List<Signature> referring;

  Evaluation(Candidate candidate, List<SignatureFormat<?>> formats) {
    this.candidate = candidate;
    this.formats = formats;
  }

  /// Why the image does not meet the requirement; null where it does.
  @Nullable String refusal(Requirement requirement) {
    return switch (requirement) {
      case Requirement.InsecureAcceptAnything _ -> null;
      case Requirement.Reject _ ->
          "Running image %s is rejected by policy.".formatted(Quoted.escape(name()));
      case Requirement.SignedBaseLayer _ -> "signedBaseLayer not implemented yet!";
      case Requirement.Unimplemented(var feature) -> feature + " not implemented yet";
      case Requirement.SignedBy(var keys, var identity) ->
          unsigned(Signature.Simple.class, TrustedSigner.Keys.of(keys), named(identity));
      case Requirement.SigstoreSigned(var signer, var identity) ->
          unsigned(Signature.Sigstore.class, signer, named(identity));
      case Requirement.BundleSigned(var signer, var predicate) ->
          unsigned(Signature.Bundle.class, signer, claim -> saying(predicate, claim));
      case Requirement.NotationSigned(var signer) ->
          unsigned(Signature.Notation.class, signer, _ -> null);
    };
  }

  /// @param further why a claim about the right image does not count all the same
  private @Nullable String unsigned(
      Class<? extends Signature> type,
      TrustedSigner signer,
      Function<SignatureFormat.Claim, @Nullable String> further) {
    for (var format : formats) {
      if (format.type().equals(type)) {
        return unsigned(format, signer, further);
      }
    }
    return "verifying signatures of type %s not implemented yet".formatted(type.getSimpleName());
  }

  private <S extends Signature> @Nullable String unsigned(
      SignatureFormat<S> format,
      TrustedSigner signer,
      Function<SignatureFormat.Claim, @Nullable String> further) {
    var verifier = format.verifier(signer);
    var all = signatures(format.type());
    if (all.size() > MOST_SIGNATURES) {
      return "%d signatures are more than the %d that are looked at"
          .formatted(all.size(), MOST_SIGNATURES);
    }
    var reasons = new ArrayList<String>();
    for (var signature : all) {
      if (format.type().isInstance(signature)) {
        var reason = refusal(verifier, format.type().cast(signature), further);
        if (reason == null) {
          return null;
        }
        reasons.add(reason);
      }
    }
    return summary(reasons);
  }

  /// Why one signature does not count; null where it does.
  private <S extends Signature> @Nullable String refusal(
      SignatureFormat.Verifier<S> verifier,
      S signature,
      Function<SignatureFormat.Claim, @Nullable String> further) {
    if (signature.content().length > Json.LARGEST_DOCUMENT) {
      return "Signature of %d bytes is larger than %d"
          .formatted(signature.content().length, Json.LARGEST_DOCUMENT);
    }
    try {
      var claim = verifier.verify(signature);
      return claim.isOf(candidate.document())
          ? further.apply(claim)
          : "Signature for digest %s does not match"
              .formatted(
                  String.join(", ", claim.manifests().stream().map(Object::toString).toList()));
    } catch (BadSignatureException e) {
      return e.sentence();
    }
  }

  private Function<SignatureFormat.Claim, @Nullable String> named(SignedIdentity identity) {
    return claim -> {
      var name = String.valueOf(claim.dockerReference());
      return identity.accepts(candidate.identity().reference(), name)
          ? null
          : "Signature for identity %s is not accepted".formatted(Quoted.of(name));
    };
  }

  private static @Nullable String saying(String predicate, SignatureFormat.Claim claim) {
    return predicate.equals(claim.predicate())
        ? null
        : "it says %s, not %s"
            .formatted(Quoted.of(String.valueOf(claim.predicate())), Quoted.of(predicate));
  }

  private static String summary(List<String> reasons) {
    return switch (reasons.size()) {
      case 0 -> "A signature was required, but no signature exists";
      case 1 -> reasons.getFirst();
      default -> "None of the signatures were accepted, reasons: " + String.join("; ", reasons);
    };
  }

  private List<Signature> signatures(Class<? extends Signature> type) {
    try {
      if (type.equals(Signature.Bundle.class) || type.equals(Signature.Notation.class)) {
        var read = referring == null ? candidate.signatures().referring() : referring;
        referring = read;
        return read;
      }
      var read = beside == null ? candidate.signatures().beside() : beside;
      beside = read;
      return read;
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read signatures of %s: %s".formatted(name(), Reason.of(e)), e);
    }
  }

  /// The image as it is typed.
  private String name() {
    var identity = candidate.identity();
    if (identity.transport().equals("docker") && identity.reference() != null) {
      return "docker://" + identity.reference();
    }
    var scopes = identity.scopes();
    return identity.transport() + ":" + (scopes.isEmpty() ? "" : scopes.getFirst());
  }
}
