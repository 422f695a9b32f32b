package dev.ocij.transport.registry;

import dev.ocij.spec.Digest;
import okhttp3.HttpUrl;

/// The addresses of a repository: distribution-spec, "Endpoints".
///
/// @param base the registry's origin
/// @param repository the path below the registry
record RepositoryUrls(HttpUrl base, String repository) {
  HttpUrl ping() {
    return base.newBuilder().addPathSegments("v2/").build();
  }

  /// @param kind `manifests`, `blobs`, `tags` or `referrers`
  HttpUrl path(String kind, String last) {
    return base.newBuilder()
        .addPathSegments("v2/" + repository + "/" + kind)
        .addPathSegment(last)
        .build();
  }

  HttpUrl uploads() {
    return base.newBuilder().addPathSegments("v2/" + repository + "/blobs/uploads/").build();
  }

  /// Of the extension for simple signatures.
  HttpUrl signatures(Digest manifest) {
    return base.newBuilder()
        .addPathSegments("extensions/v2/" + repository + "/signatures/" + manifest)
        .build();
  }
}
