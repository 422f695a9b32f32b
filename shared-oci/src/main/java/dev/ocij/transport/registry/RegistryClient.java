package dev.ocij.transport.registry;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import dev.ocij.transport.registry.auth.Access;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

  /// Bounds page loops: a registry may go on for ever.
  private static final int MOST_PAGES = 10_000;

  /// What docker-registry says of an upload with no byte, and of one with a single byte.
  private static final String NO_BYTES = "0-0";

  private static final byte[] NOTHING = {};

  private final OkHttpClient http;
  private final HttpUrl base;
  private final String repository;
  private final String shown;
  private final Access access;
  private final Retries retries;

  /// @param base the registry's origin
  /// @param shown the repository as the user named it, for messages
  RegistryClient(
      OkHttpClient http,
      HttpUrl base,
      String repository,
      String shown,
      Access access,
      Retries retries) {
    this.http = http;
    this.base = base;
    this.repository = repository;
    this.shown = shown;
    this.access = access;
    this.retries = retries;
  }

  /// The path below the registry.
  public String repository() {
    return repository;
  }

  /// Whether the registry speaks to us: `GET /v2/`.
  public void ping() throws IOException {
    send(get(base.resolve("/v2/")), "ping " + base.host()).close();
  }

  /// Whether the registry keeps simple signatures itself: it says so in the answer to a ping. One
  /// that answers no ping does not.
  boolean keepsSignatures() throws IOException {
    try (var response = send(get(base.resolve("/v2/")), "ping " + base.host())) {
      return "1".equals(response.header("X-Registry-Supports-Signatures"));
    } catch (OciException _) {
      return false;
    }
  }

  /// The signatures of a manifest in a registry that keeps them: a JSON document.
  byte[] storedSignatures(Digest manifest) throws IOException {
    var attempt = "read signatures of " + named(manifest.toString());
    return document(get(signatures(manifest)), attempt).bytes();
  }

  /// Adds a signature in a registry that keeps them.
  void storeSignature(Digest manifest, byte[] json) throws IOException {
    var request = request(signatures(manifest)).put(RequestBody.create(json, null));
    send(request, "sign " + named(manifest.toString())).close();
  }

  /// The manifest under a tag or digest. One asked for by digest has that digest; one asked for by
  /// tag has the digest that the registry says it has.
  public Document manifest(String tagOrDigest) throws IOException {
    var attempt = "pull " + named(tagOrDigest);
    try {
      var answer = document(accepting(get(path("manifests", tagOrDigest))), attempt);
      var document = Document.of(answer.bytes(), answer.header("Content-Type", ""));
      return verified(document, tagOrDigest, answer.header("Docker-Content-Digest", ""));
    } catch (OciException e) {
      throw e instanceof RegistryException ? e : e.during(attempt);
    }
  }

  /// The digest of the manifest under a tag, without reading it; empty where there is none or the
  /// registry does not say.
  public Optional<Digest> manifestDigest(String tagOrDigest) throws IOException {
    var request = accepting(head(path("manifests", tagOrDigest)));
    try (var response = ask(request, "look up " + named(tagOrDigest), Set.of(200, 404))) {
      var digest = response.header("Docker-Content-Digest");
      return response.code() == 404 || digest == null
          ? Optional.empty()
          : Optional.of(Digest.parse(digest));
    }
  }

  /// Stores a manifest whose blobs the registry has.
  public void putManifest(String tagOrDigest, Document document) throws IOException {
    var type = okhttp3.MediaType.parse(document.mediaType().value());
    var request =
        request(path("manifests", tagOrDigest)).put(RequestBody.create(document.bytes(), type));
    send(request, "push " + named(tagOrDigest)).close();
  }

  /// Stores a manifest that refers to another.
  ///
  /// @return whether the registry lists it among the other's referrers itself
  boolean putReferrer(Document document) throws IOException {
    var type = okhttp3.MediaType.parse(document.mediaType().value());
    var digest = document.digest().toString();
    var request =
        request(path("manifests", digest)).put(RequestBody.create(document.bytes(), type));
    try (var response = send(request, "push " + named(digest))) {
      return response.header("OCI-Subject") != null;
    }
  }

  /// What refers to a manifest: distribution-spec, "Listing Referrers".
  ///
  /// @return empty where the registry does not answer such questions
  Optional<List<Descriptor>> referrers(Digest manifest) throws IOException {
    var attempt = "list referrers of " + named(manifest.toString());
    var all = new ArrayList<Descriptor>();
    var next = Optional.of(path("referrers", manifest.toString()));
    for (int page = 0; next.isPresent() && page < MOST_PAGES; page++) {
      try {
        var answer = document(get(next.get()), attempt);
        all.addAll(Json.read(answer.bytes(), ImageIndex.class, "referrers").manifests());
        next = NextPage.of(answer.response());
      } catch (RegistryException e) {
        if (page == 0 && (e.status() == 404 || e.status() == 405 || e.status() == 400)) {
          return Optional.empty();
        }
        throw e;
      }
    }
    return Optional.of(all);
  }

  public void deleteManifest(Digest digest) throws IOException {
    var request = request(path("manifests", digest.toString())).delete();
    send(request, "delete " + named(digest.toString())).close();
  }

  /// Whether the repository has the blob, with this size.
  public boolean hasBlob(Descriptor blob) throws IOException {
    var request = head(path("blobs", blob.digest().toString()));
    var attempt = "look up " + named(blob.digest().toString());
    try (var response = ask(request, attempt, Set.of(200, 404))) {
      var length = response.header("Content-Length");
      return response.code() == 200
          && (length == null || length.equals(Long.toString(blob.size())));
    }
  }

  /// The blob's bytes from an offset on. The answer may start at 0 all the same, where it has not
  /// the status 206. The caller closes it.
  Response blob(Digest digest, long offset) throws IOException {
    var request = get(path("blobs", digest.toString()));
    if (offset > 0) {
      request.header("Range", "bytes=%d-".formatted(offset));
    }
    return send(request, "pull " + named(digest.toString()));
  }

  /// Makes a blob of another repository one of this, if the registry wants to.
  ///
  /// @return the upload that it started instead; empty where the blob is here now
  Optional<Upload> mount(Digest digest, String from) throws IOException {
    var url =
        uploads()
            .newBuilder()
            .addQueryParameter("mount", digest.toString())
            .addQueryParameter("from", from)
            .build();
    try (var response = send(post(url), "mount " + named(digest.toString()))) {
      return response.code() == 201 ? Optional.empty() : Optional.of(upload(response, 0));
    }
  }

  Upload startUpload() throws IOException {
    try (var response = send(post(uploads()), "push to " + shown)) {
      return upload(response, 0);
    }
  }

  /// Appends to an upload.
  Upload append(Upload upload, RequestBody chunk) throws IOException {
    var request = request(upload.location()).patch(chunk);
    if (chunk.contentLength() > 0) {
      long last = upload.offset() + chunk.contentLength() - 1;
      request.header("Content-Range", "%d-%d".formatted(upload.offset(), last));
    }
    try (var response = send(request, "push to " + shown)) {
      return upload(response, upload.offset());
    }
  }

  /// Ends an upload with its last bytes; afterwards the blob is there.
  void finish(Upload upload, Digest digest, @Nullable RequestBody rest) throws IOException {
    var url = upload.location().newBuilder().addQueryParameter("digest", digest.toString()).build();
    var body = rest == null ? RequestBody.create(NOTHING, null) : rest;
    send(request(url).put(body), "push " + named(digest.toString())).close();
  }

  /// How far an upload came; empty where the registry does not know it any more, or has nothing
  /// that is worth continuing.
  Optional<Upload> status(Upload upload) throws IOException {
    var codes = Set.of(200, 202, 204, 400, 404, 405);
    try (var response = ask(get(upload.location()), "push to " + shown, codes)) {
      var range = Objects.requireNonNullElse(response.header("Range"), NO_BYTES);
      return response.code() >= 400 || response.header("Location") == null || range.equals(NO_BYTES)
          ? Optional.empty()
          : Optional.of(upload(response, received(range)));
    }
  }

  void cancel(Upload upload) throws IOException {
    var codes = Set.of(200, 202, 204, 400, 404, 405);
    ask(request(upload.location()).delete(), "cancel upload to " + shown, codes).close();
  }

  /// All tags, in the registry's order. Pages are followed on the registry's own origin only.
  public List<String> tags() throws IOException {
    var tags = new ArrayList<String>();
    var attempt = "list tags of " + shown;
    var next = Optional.of(path("tags", "list"));
    for (int page = 0; next.isPresent() && page < MOST_PAGES; page++) {
      var answer = document(get(next.get()), attempt);
      Json.readTree(answer.bytes(), "tags").path("tags").forEach(tag -> tags.add(tag.asText()));
      next = NextPage.of(answer.response());
    }
    return List.copyOf(tags);
  }

  private Document verified(Document document, String asked, String said) {
    if (asked.indexOf(':') >= 0) {
      return document.verified(Digest.parse(asked));
    }
    return said.isEmpty() ? document : document.verified(Digest.parse(said));
  }

  private Upload upload(Response response, long offset) {
    var location = Objects.requireNonNullElse(response.header("Location"), "");
    var url = response.request().url().resolve(location);
    if (url == null || (base.isHttps() && !url.isHttps())) {
      throw new OciException(
          Category.INVALID,
          "push to %s: the upload location %s is refused".formatted(shown, Quoted.of(location)));
    }
    return new Upload(url, offset);
  }

  private long received(String range) {
    try {
      return Long.parseLong(range.substring(range.lastIndexOf('-') + 1).strip()) + 1;
    } catch (NumberFormatException e) {
      throw new OciException(
          Category.INVALID,
          "push to %s: the upload's range %s is none".formatted(shown, Quoted.of(range)),
          e);
    }
  }

  private HttpUrl path(String kind, String last) {
    return base.newBuilder()
        .addPathSegments("v2/" + repository + "/" + kind)
        .addPathSegment(last)
        .build();
  }

  private HttpUrl signatures(Digest manifest) {
    return base.newBuilder()
        .addPathSegments("extensions/v2/" + repository + "/signatures/" + manifest)
        .build();
  }

  private HttpUrl uploads() {
    return base.newBuilder().addPathSegments("v2/" + repository + "/blobs/uploads/").build();
  }

  private Request.Builder request(HttpUrl url) {
    return new Request.Builder().url(url).tag(Access.class, access);
  }

  private Request.Builder get(@Nullable HttpUrl url) {
    return request(url == null ? base : url);
  }

  private Request.Builder head(HttpUrl url) {
    return request(url).head();
  }

  private Request.Builder post(HttpUrl url) {
    return request(url).post(RequestBody.create(NOTHING, null));
  }

  private static Request.Builder accepting(Request.Builder request) {
    return request.header("Accept", MANIFEST_TYPES);
  }

  private String named(String tagOrDigest) {
    return shown + (tagOrDigest.indexOf(':') < 0 ? ":" : "@") + tagOrDigest;
  }

  private Response send(Request.Builder request, String attempt) throws IOException {
    return ask(request, attempt, Set.of(200, 201, 202, 204, 206));
  }

  private Response ask(Request.Builder request, String attempt, Set<Integer> expected)
      throws IOException {
    var response =
        Unreachable.explain(attempt, base.host(), () -> http.newCall(request.build()).execute());
    if (expected.contains(response.code())) {
      return response;
    }
    try (response) {
      throw ErrorAnswer.read(response).during(attempt);
    }
  }

  /// A whole document; asked for again where it ends too early.
  private Answer document(Request.Builder request, String attempt) throws IOException {
    var attempts = retries.begin();
    while (true) {
      try (var response = send(request, attempt)) {
        return new Answer(response, read(response, attempt));
      } catch (Unreachable e) {
        throw e;
      } catch (IOException e) {
        if (!attempts.again(e)) {
          throw e;
        }
      }
    }
  }

  private static byte[] read(Response response, String attempt) throws IOException {
    var bytes = response.body().byteStream().readNBytes(Json.LARGEST_DOCUMENT + 1);
    if (bytes.length > Json.LARGEST_DOCUMENT) {
      throw new OciException(
          Category.INVALID,
          "%s: the answer is larger than %d bytes".formatted(attempt, Json.LARGEST_DOCUMENT));
    }
    return bytes;
  }

  /// @param response closed already; its headers stay
  private record Answer(Response response, byte[] bytes) {
    String header(String name, String otherwise) {
      return Objects.requireNonNullElse(response.header(name), otherwise);
    }
  }
}
