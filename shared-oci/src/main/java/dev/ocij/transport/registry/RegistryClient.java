package dev.ocij.transport.registry;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.transport.Referrer;
import dev.ocij.transport.registry.auth.Access;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// One repository of a registry: a method for each endpoint of distribution-spec. Safe for any
/// number of threads.
public final class RegistryClient {
  private static final String MANIFEST_TYPES =
      String.join(
          ", ",
          MediaType.OCI_INDEX.value(),
          MediaType.OCI_MANIFEST.value(),
          MediaType.DOCKER_LIST.value(),
          MediaType.DOCKER_MANIFEST.value(),
          MediaType.DOCKER_SCHEMA1_SIGNED.value() + ";q=0.5",
          MediaType.DOCKER_SCHEMA1.value() + ";q=0.5");

  private static final String INDEX_TYPE = MediaType.OCI_INDEX.value();

  private final RegistryCalls calls;
  private final RepositoryUrls urls;
  private final String shown;

  /// @param base the registry's origin
  /// @param shown the repository as the user named it, for messages
  RegistryClient(
      OkHttpClient http,
      HttpUrl base,
      String repository,
      String shown,
      Access access,
      Retries retries) {
    this.calls = new RegistryCalls(http, base.host(), access, retries);
    this.urls = new RepositoryUrls(base, repository);
    this.shown = shown;
  }

  /// The path below the registry.
  public String repository() {
    return urls.repository();
  }

  /// Whether the registry speaks to us: `GET /v2/`.
  public void ping() throws IOException {
    calls.send(calls.get(urls.ping()), "ping " + urls.base().host()).close();
  }

  /// Whether the registry keeps simple signatures itself: it says so in the answer to a ping. One
  /// that answers no ping does not.
  boolean keepsSignatures() throws IOException {
    try (var response = calls.send(calls.get(urls.ping()), "ping " + urls.base().host())) {
      return "1".equals(response.header("X-Registry-Supports-Signatures"));
    } catch (OciException _) {
      return false;
    }
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

  /// The manifest under a tag or digest. One asked for by digest has that digest; one asked for by
  /// tag has the digest that the registry says it has.
  public Document manifest(String tagOrDigest) throws IOException {
    var attempt = "pull " + named(tagOrDigest);
    try {
      return wholeManifest(tagOrDigest, attempt);
    } catch (OciException e) {
      throw e instanceof RegistryException ? e : e.during(attempt);
    }
  }

  /// As [#manifest]; empty where the repository has none.
  public Optional<Document> findManifest(String tagOrDigest) throws IOException {
    try {
      return Optional.of(manifest(tagOrDigest));
    } catch (OciException e) {
      if (e.category() == Category.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// A byte may be changed on the way: other bytes than were asked for are asked for once more.
  private Document wholeManifest(String tagOrDigest, String attempt) throws IOException {
    try {
      return anyManifest(tagOrDigest, attempt);
    } catch (RegistryException e) {
      throw e;
    } catch (OciException e) {
      if (e.category() != Category.INVALID) {
        throw e;
      }
      return anyManifest(tagOrDigest, attempt);
    }
  }

  private Document anyManifest(String tagOrDigest, String attempt) throws IOException {
    var answer = calls.document(accepting(calls.get(urls.path("manifests", tagOrDigest))), attempt);
    var document = Document.of(answer.bytes(), answer.header("Content-Type", ""));
    return verified(document, tagOrDigest, answer.header("Docker-Content-Digest", ""));
  }

  /// The digest of the manifest under a tag, without reading it; empty where there is none or the
  /// registry does not say.
  public Optional<Digest> manifestDigest(String tagOrDigest) throws IOException {
    return lookUp(tagOrDigest, RegistryClient::saidDigest);
  }

  /// As [#manifestDigest], with type and size.
  Optional<Descriptor> manifestDescriptor(String tagOrDigest) throws IOException {
    return lookUp(tagOrDigest, RegistryClient::saidDescriptor);
  }

  private <T> Optional<T> lookUp(String tagOrDigest, Function<Response, Optional<T>> said)
      throws IOException {
    var request = accepting(calls.head(urls.path("manifests", tagOrDigest)));
    try (var response = calls.ask(request, "look up " + named(tagOrDigest), Set.of(200, 404))) {
      return response.code() == 404 ? Optional.empty() : said.apply(response);
    }
  }

  private static Optional<Digest> saidDigest(Response response) {
    return Optional.ofNullable(response.header("Docker-Content-Digest")).map(Digest::parse);
  }

  private static Optional<Descriptor> saidDescriptor(Response response) {
    var type = response.header("Content-Type");
    var size = response.header("Content-Length", "");
    return type == null || size == null || !RegistryCalls.SIZE.matcher(size).matches()
        ? Optional.empty()
        : saidDigest(response)
            .map(digest -> Descriptor.of(MediaType.of(type), digest, Long.parseLong(size)));
  }

  /// Whether the registry has a manifest and all that it names: it takes it once more.
  boolean hasManifest(Document document) throws IOException {
    var digest = document.digest().toString();
    try {
      if (manifestDigest(digest).isEmpty()) {
        return false;
      }
      putManifest(digest, document);
      return true;
    } catch (RegistryException e) {
      if (e.status() >= 500) {
        throw e;
      }
      return false;
    }
  }

  /// Stores a manifest whose blobs the registry has.
  ///
  /// @return whether the registry noted what the manifest is about
  public boolean putManifest(String tagOrDigest, Document document) throws IOException {
    return putManifest(tagOrDigest, document, null);
  }

  /// @param before what must still be under the tag; null for anything
  boolean putManifest(String tagOrDigest, Document document, @Nullable Digest before)
      throws IOException {
    var type = okhttp3.MediaType.parse(document.mediaType().value());
    var request =
        calls
            .request(urls.path("manifests", tagOrDigest))
            .put(RequestBody.create(document.bytes(), type));
    if (before != null) {
      request.header("If-Match", "\"%s\"".formatted(before));
    }
    try (var response = putManifest(request, "push " + named(tagOrDigest))) {
      return response.header("OCI-Subject") != null;
    }
  }

  /// While another one pushes the same blobs, docker-registry may read its notes of them half
  /// written, and says then that a digest is wrong.
  private Response putManifest(Request.Builder request, String attempt) throws IOException {
    var attempts = calls.begin();
    while (true) {
      try {
        return calls.ask(RegistryCalls.sharing(attempts, request), attempt, RegistryCalls.STORED);
      } catch (RegistryException e) {
        if (!e.code().equals("DIGEST_INVALID") || !attempts.again((String) null)) {
          throw e;
        }
      }
    }
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

  public void deleteManifest(Digest digest) throws IOException {
    var request = calls.request(urls.path("manifests", digest.toString())).delete();
    calls.ask(request, "delete " + named(digest.toString()), RegistryCalls.STORED).close();
  }

  /// Removes a tag and nothing else.
  ///
  /// @throws OciException of category `UNSUPPORTED` where the registry deletes by digest only
  public void deleteTag(String tag) throws IOException {
    try {
      calls
          .ask(
              calls.request(urls.path("manifests", tag)).delete(),
              "delete " + named(tag),
              RegistryCalls.STORED)
          .close();
    } catch (RegistryException e) {
      throw switch (e.status()) {
        case 400, 405 ->
            new OciException(
                Category.UNSUPPORTED,
                "delete %s: the registry does not delete tags alone (%d); without --tag-only the image goes with all its tags"
                    .formatted(named(tag), e.status()),
                e);
        default -> e;
      };
    }
  }

  /// Whether the repository has the blob, with this size.
  public boolean hasBlob(Descriptor blob) throws IOException {
    return hasBlob(blob, calls.begin());
  }

  boolean hasBlob(Descriptor blob, Attempts attempts) throws IOException {
    var request =
        RegistryCalls.sharing(attempts, calls.head(urls.path("blobs", blob.digest().toString())));
    var attempt = "look up " + named(blob.digest().toString());
    try (var response = calls.ask(request, attempt, Set.of(200, 404))) {
      var length = response.header("Content-Length");
      return response.code() == 200
          && (length == null || length.equals(Long.toString(blob.size())));
    }
  }

  /// The size that the registry says a blob has.
  ///
  /// @throws OciException of category `NOT_FOUND` where there is none
  public long blobSize(Digest digest) throws IOException {
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
    var request = RegistryCalls.sharing(attempts, calls.get(urls.path("blobs", digest.toString())));
    if (offset > 0) {
      request.header("Range", "bytes=%d-".formatted(offset));
    }
    return calls.send(request, "pull " + named(digest.toString()));
  }

  /// The other half of this client: what brings blobs into the repository.
  RegistryUploads uploads() {
    return new RegistryUploads(calls, urls, shown);
  }

  /// All tags, in the registry's order. Pages are followed on the registry's own origin only.
  public List<String> tags() throws IOException {
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

  private Document verified(Document document, String asked, String said) {
    if (asked.indexOf(':') >= 0) {
      return document.verified(Digest.parse(asked));
    }
    return said.isEmpty() ? document : document.verified(Digest.parse(said));
  }

  private static Request.Builder accepting(Request.Builder request) {
    return request.header("Accept", MANIFEST_TYPES);
  }

  private String named(String tagOrDigest) {
    return shown + (tagOrDigest.indexOf(':') < 0 ? ":" : "@") + tagOrDigest;
  }
}
