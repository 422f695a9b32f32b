package dev.ocij.trust;

import dev.ocij.image.Document;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One image held against requirements; its signatures are read once, when the first one asks.
final class Evaluation {
  private static final int MOST_SIGNATURES = 100;

  private final Candidate candidate;
  private final List<SignatureFormat<?>> formats;
  private @Nullable List<Signature> signatures;

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
          unsigned(Signature.Simple.class, TrustedSigner.Keys.of(keys), identity);
      case Requirement.SigstoreSigned(var signer, var identity) ->
          unsigned(Signature.Sigstore.class, signer, identity);
    };
  }

  private @Nullable String unsigned(
      Class<? extends Signature> type, TrustedSigner signer, SignedIdentity identity) {
    for (var format : formats) {
      if (format.type().equals(type)) {
        return unsigned(format, signer, identity);
      }
    }
    return "verifying signatures of type %s not implemented yet".formatted(type.getSimpleName());
  }

  private <S extends Signature> @Nullable String unsigned(
      SignatureFormat<S> format, TrustedSigner signer, SignedIdentity identity) {
    var verifier = format.verifier(signer);
    var all = signatures();
    if (all.size() > MOST_SIGNATURES) {
      return "%d signatures are more than the %d that are looked at"
          .formatted(all.size(), MOST_SIGNATURES);
    }
    var reasons = new ArrayList<String>();
    for (var signature : all) {
      if (format.type().isInstance(signature)) {
        var reason = refusal(verifier, format.type().cast(signature), identity);
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
      SignatureFormat.Verifier<S> verifier, S signature, SignedIdentity identity) {
    if (size(signature) > Json.LARGEST_DOCUMENT) {
      return "Signature of %d bytes is larger than %d"
          .formatted(size(signature), Json.LARGEST_DOCUMENT);
    }
    try {
      return refusal(verifier.verify(signature), identity);
    } catch (BadSignatureException e) {
      return e.sentence();
    }
  }

  private @Nullable String refusal(SignatureFormat.Claim claim, SignedIdentity identity) {
    if (!isOf(candidate.document(), claim.manifest())) {
      return "Signature for digest %s does not match".formatted(claim.manifest());
    }
    var name = claim.dockerReference();
    if (name != null && !identity.accepts(candidate.identity().reference(), name)) {
      return "Signature for identity %s is not accepted".formatted(Quoted.of(name));
    }
    return null;
  }

  private static boolean isOf(Document document, Digest digest) {
    var algorithm = digest.algorithm();
    return Digest.from(algorithm, algorithm.newHash().digest(document.bytes())).equals(digest);
  }

  private static int size(Signature signature) {
    return switch (signature) {
      case Signature.Simple(var message) -> message.length;
      case Signature.Sigstore(_, var payload, _) -> payload.length;
    };
  }

  private static String summary(List<String> reasons) {
    return switch (reasons.size()) {
      case 0 -> "A signature was required, but no signature exists";
      case 1 -> reasons.getFirst();
      default -> "None of the signatures were accepted, reasons: " + String.join("; ", reasons);
    };
  }

  private List<Signature> signatures() {
    var read = signatures;
    if (read == null) {
      try {
        read = candidate.signatures().read();
      } catch (IOException e) {
        throw new OciException(
            OciException.Category.IO,
            "read signatures of %s: %s".formatted(name(), Reason.of(e)),
            e);
      }
      signatures = read;
    }
    return read;
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
