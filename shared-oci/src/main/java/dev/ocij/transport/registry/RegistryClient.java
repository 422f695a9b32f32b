package dev.ocij.transport.registry;

import dev.ocij.http.Attempts;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.transport.Referrer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.RequestBody;
import okhttp3.Response;

/// One repository of a registry: a method for each endpoint of distribution-spec. Safe for any
/// number of threads.
///
/// @param shown the repository as the user named it, for messages
/// @param announcement of signatures, by the registry
record RegistryClient(
    RegistryCalls calls, RepositoryUrls urls, String shown, SignatureAnnouncement announcement) {
  private static final String INDEX_TYPE = MediaType.OCI_INDEX.value();

  /// The path below the registry.
  String repository() {
    return urls.repository();
  }

  /// Whether the registry speaks to us: `GET /v2/`.
  void ping() throws IOException {
    calls.send(calls.get(urls.ping()), "ping " + urls.base().host()).close();
  }

  /// Whether the registry keeps simple signatures itself. One that has answered nothing yet is
  /// asked; one that answers nothing does not.
  boolean keepsSignatures() throws IOException {
    if (announcement.made() == null) {
      try {
        ping();
      } catch (OciException _) {
        // Whoever is refused may have been told.
      }
    }
    return Boolean.TRUE.equals(announcement.made());
  }

  /// The signatures of a manifest in a registry that keeps them: a JSON document.
  byte[] storedSignatures(Digest manifest) throws IOException {
    var attempt = "read signatures of " + named(manifest.toString());
    return calls.document(calls.get(urls.signatures(manifest)), attempt).bytes();
  }

  /// Adds a signature in a registry that keeps them.
  void storeSignature(Digest manifest, byte[] json) throws IOException {
    var request = calls.request(urls.signatures(manifest)).put(RequestBody.create(json, null));
    calls.ask(request, "sign " + named(manifest.toString()), RegistryCalls.STORED).close();
  }

  /// What the registry itself knows to be about a manifest; empty where it keeps no such lists.
  Optional<List<Descriptor>> referrers(Digest subject) throws IOException {
    var all = new ArrayList<Descriptor>();
    var pages = new Pages(calls, "list referrers of " + named(subject.toString()));
    try {
      boolean listed =
          pages.read(
              urls.path("referrers", subject.toString()),
              page -> {
                if (!page.header("Content-Type", "").startsWith(INDEX_TYPE)) {
                  return -1; // a page for people
                }
                all.addAll(Referrer.list(page.bytes(), "referrers of " + subject));
                return all.size();
              });
      return listed ? Optional.of(all) : Optional.empty();
    } catch (RegistryException e) {
      if (e.status() >= 500 || e.category() == Category.UNAUTHORIZED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /// Whether the repository has the blob, with this size.
  boolean hasBlob(Descriptor blob) throws IOException {
    return hasBlob(blob, calls.begin());
  }

  boolean hasBlob(Descriptor blob, Attempts attempts) throws IOException {
    var request = calls.head(urls.path("blobs", blob.digest().toString()));
    var attempt = "look up " + named(blob.digest().toString());
    try (var response = calls.sharing(attempts).ask(request, attempt, Set.of(200, 404))) {
      var length = response.header("Content-Length");
      return response.code() == 200
          && (length == null || length.equals(Long.toString(blob.size())));
    }
  }

  /// The size that the registry says a blob has.
  ///
  /// @throws OciException of category `NOT_FOUND` where there is none
  long blobSize(Digest digest) throws IOException {
    var attempt = "look up " + named(digest.toString());
    try (var response = calls.send(calls.head(urls.path("blobs", digest.toString())), attempt)) {
      var length = response.header("Content-Length", "");
      if (length == null || !RegistryCalls.SIZE.matcher(length).matches()) {
        throw new OciException(
            OciException.Category.INVALID,
            attempt + ": the registry does not tell its size, nor does a manifest of schema 1");
      }
      return Long.parseLong(length);
    }
  }

  /// The blob's bytes from an offset on. The answer may start at 0 all the same, where it has not
  /// the status 206. The caller closes it.
  Response blob(Digest digest, long offset, Attempts attempts) throws IOException {
    var request = calls.get(urls.path("blobs", digest.toString()));
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
    }
    return calls.sharing(attempts).send(request, pulling(digest));
  }

  /// The part of this client that reads, stores and deletes manifests.
  RegistryManifests manifests() {
    return new RegistryManifests(calls, urls, shown);
  }

  /// The part of this client that brings blobs into the repository.
  RegistryUploads uploads() {
    return new RegistryUploads(calls, urls, shown);
  }

  /// All tags, in the registry's order. Pages are followed on the registry's own origin only.
  List<String> tags() throws IOException {
    var tags = new ArrayList<String>();
    new Pages(calls, "list tags of " + shown)
        .read(
            urls.path("tags", "list"),
            page -> {
              Json.readTree(page.bytes(), "tags").path("tags").forEach(t -> tags.add(t.asText()));
              return tags.size();
            });
    return List.copyOf(tags);
  }

  /// What is attempted by [#blob], for messages.
  String pulling(Digest blob) {
    return "pull " + named(blob.toString());
  }

  private String named(String tagOrDigest) {
    return shown + (tagOrDigest.indexOf(':') < 0 ? ":" : "@") + tagOrDigest;
  }
}
