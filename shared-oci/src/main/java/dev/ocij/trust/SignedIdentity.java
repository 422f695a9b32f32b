package dev.ocij.trust;

import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.spec.OciException;
import org.jspecify.annotations.Nullable;

/// Which name a signature must carry to count for an image: containers-policy.json(5),
/// "signedIdentity".
public sealed interface SignedIdentity {
  /// Whether a signature for the name `signed` counts for the image called `intended`.
  ///
  /// @param intended null where the place has no such name
  default boolean accepts(@Nullable Reference intended, String signed) {
    var name = SignedName.parse(signed);
    return name != null
        && switch (this) {
          case MatchExact _ -> intended != null && name.is(intended);
          case MatchRepoDigestOrExact _ -> intended != null && name.isOrHoldsDigestOf(intended);
          case MatchRepository _ ->
              intended != null && name.repository().equals(intended.repository());
          case ExactReference(var reference) -> name.is(reference);
          case ExactRepository(var repository) -> name.repository().equals(repository);
          case RemapIdentity remap ->
              intended != null && name.isOrHoldsDigestOf(remap.remap(intended));
        };
  }

  /// The same name, tag or digest included.
  record MatchExact() implements SignedIdentity {}

  /// The same name; for an image named by digest, the same repository.
  record MatchRepoDigestOrExact() implements SignedIdentity {}

  /// The same repository.
  record MatchRepository() implements SignedIdentity {}

  /// This name, whatever the image is called here.
  record ExactReference(Reference dockerReference) implements SignedIdentity {}

  /// Any name in this repository, whatever the image is called here.
  record ExactRepository(Repository dockerRepository) implements SignedIdentity {}

  /// As [MatchRepoDigestOrExact], for a mirror: names below `prefix` were signed below
  /// `signedPrefix`.
  record RemapIdentity(String prefix, String signedPrefix) implements SignedIdentity {
    private Reference remap(Reference intended) {
      var name = intended.toString();
      return matches(name)
          ? Reference.parse(signedPrefix + name.substring(prefix.length()))
          : intended;
    }

    /// Only where a component ends with the prefix.
    private boolean matches(String name) {
      return name.startsWith(prefix)
          && (name.length() == prefix.length() || "/:@".indexOf(name.charAt(prefix.length())) >= 0);
    }
  }

  /// The name in a signature.
  ///
  /// @param reference null where the name has neither tag nor digest
  record SignedName(Repository repository, @Nullable Reference reference) {
    /// Null where the text is no name of an image.
    private static @Nullable SignedName parse(String text) {
      try {
        var reference = Reference.parse(text);
        return new SignedName(
            reference.repository(), Reference.hasTagOrDigest(text) ? reference : null);
      } catch (OciException _) {
        return null;
      }
    }

    private boolean is(Reference other) {
      return other.equals(reference);
    }

    private boolean isOrHoldsDigestOf(Reference intended) {
      return switch (intended) {
        case Reference.Tagged tagged -> is(tagged);
        case Reference.Digested(var intendedRepository, _) -> repository.equals(intendedRepository);
      };
    }
  }
}
