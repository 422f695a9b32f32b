package dev.ocij.name;

import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.Optional;
import java.util.regex.Pattern;

/// The full name of an image in a registry, as in distribution-spec: a repository and a tag or a
/// digest.
public sealed interface Reference {
  String DEFAULT_TAG = "latest";

  Repository repository();

  /// What stands in `/v2/<name>/manifests/<reference>`.
  String tagOrDigest();

  record Tagged(Repository repository, String tag) implements Reference {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    public Tagged {
      if (!TAG.matcher(tag).matches()) {
        throw new OciException(
            OciException.Category.USAGE,
            "invalid reference format: tag %s of %s".formatted(Quoted.of(tag), repository));
      }
    }

    @Override
    public String tagOrDigest() {
      return tag;
    }

    @Override
    public String toString() {
      return repository + ":" + tag;
    }
  }

  record Digested(Repository repository, Digest digest) implements Reference {
    @Override
    public String tagOrDigest() {
      return digest.toString();
    }

    @Override
    public String toString() {
      return repository + "@" + digest;
    }
  }

  /// A typed name, completed as Docker does; without tag and digest it gets the tag `latest`. Of a
  /// name with both, the digest counts: it says more.
  static Reference parse(String typed) {
    int at = typed.indexOf('@');
    if (at < 0) {
      return tagged(typed);
    }
    var tagged = tagged(typed.substring(0, at));
    return new Digested(tagged.repository(), Digest.parse(typed.substring(at + 1)));
  }

  /// As [#parse]; empty where the text is no name of an image.
  static Optional<Reference> find(String text) {
    try {
      return Optional.of(parse(text));
    } catch (OciException _) {
      return Optional.empty();
    }
  }

  /// Whether a typed name holds a tag or a digest.
  static boolean hasTagOrDigest(String typed) {
    return typed.indexOf('@') >= 0 || tagColon(typed) >= 0;
  }

  private static Tagged tagged(String typed) {
    int colon = tagColon(typed);
    return colon < 0
        ? new Tagged(Repository.parse(typed), DEFAULT_TAG)
        : new Tagged(Repository.parse(typed.substring(0, colon)), typed.substring(colon + 1));
  }

  /// The colon before the tag, not the one before a port; -1 without one.
  private static int tagColon(String typed) {
    int colon = typed.lastIndexOf(':');
    return colon > typed.lastIndexOf('/') ? colon : -1;
  }
}
