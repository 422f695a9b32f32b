package dev.ocij.transport.daemon;

import dev.ocij.name.Reference;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Scopes;
import java.util.List;
import java.util.regex.Pattern;

/// Which image of a daemon is meant.
sealed interface DaemonLocation {
  Pattern ALGORITHM = Pattern.compile("sha256[:@].*");

  /// What the daemon knows the image by.
  String typed();

  ImageIdentity identity();

  /// An image without a name: `sha256:` and the 64 digits of its id.
  record Id(Digest id) implements DaemonLocation {
    @Override
    public String typed() {
      return id.toString();
    }

    @Override
    public ImageIdentity identity() {
      return new ImageIdentity(DaemonTransport.NAME, null, List.of());
    }
  }

  /// `name:tag` or `name@digest`.
  record Named(String typed, Reference reference) implements DaemonLocation {
    @Override
    public ImageIdentity identity() {
      return new ImageIdentity(DaemonTransport.NAME, reference, Scopes.of(reference));
    }
  }

  static DaemonLocation parse(String rest) {
    if (rest.matches("sha256:[0-9a-f]{64}")) {
      return new Id(Digest.parse(rest));
    }
    if (ALGORITHM.matcher(rest).matches()) {
      throw invalid(rest, "the name sha256 is reserved for ids, which have 64 digits");
    }
    int at = rest.indexOf('@');
    if (!Reference.hasTagOrDigest(rest)) {
      throw invalid(
          rest, "reference %s has neither a tag nor a digest".formatted(Quoted.escape(rest)));
    }
    if (at >= 0 && Reference.hasTagOrDigest(rest.substring(0, at))) {
      throw invalid(rest, "references with both a tag and digest are currently not supported");
    }
    return new Named(rest, Reference.parse(rest));
  }

  private static OciException invalid(String rest, String found) {
    return new OciException(
        OciException.Category.USAGE,
        "invalid image name %s: docker-daemon: %s"
            .formatted(Quoted.of(DaemonTransport.NAME + ":" + rest), found));
  }
}
