package dev.ocij.transport.registry;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// The manifests of one repository: distribution-spec, "Pulling manifests", "Pushing Manifests" and
/// "Content Management". Safe for any number of threads.
///
/// @param shown the repository as the user named it, for messages
record RegistryManifests(RegistryCalls calls, RepositoryUrls urls, String shown) {
  private static final String MANIFEST_TYPES =
      String.join(
          ", ",
          MediaType.OCI_INDEX.value(),
          MediaType.OCI_MANIFEST.value(),
          MediaType.DOCKER_LIST.value(),
          MediaType.DOCKER_MANIFEST.value(),
          MediaType.DOCKER_SCHEMA1_SIGNED.value() + ";q=0.5",
          MediaType.DOCKER_SCHEMA1.value() + ";q=0.5");

  /// The manifest under a tag or digest. One asked for by digest has that digest; one asked for by
  /// tag has the digest that the registry says it has.
  Document read(String tagOrDigest) throws IOException {
    var attempt = "pull " + named(tagOrDigest);
    try {
      return readWhole(tagOrDigest, attempt);
    } catch (OciException e) {
      throw e instanceof RegistryException ? e : e.during(attempt);
    }
  }

  /// As [#read]; empty where the repository has none.
  Optional<Document> find(String tagOrDigest) throws IOException {
    try {
      return Optional.of(read(tagOrDigest));
    } catch (OciException e) {
      if (e.category() == Category.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// A byte may be changed on the way: other bytes than were asked for are asked for once more.
  private Document readWhole(String tagOrDigest, String attempt) throws IOException {
    try {
      return readAny(tagOrDigest, attempt);
    } catch (RegistryException e) {
      throw e;
    } catch (OciException e) {
      if (e.category() != Category.INVALID) {
        throw e;
      }
      return readAny(tagOrDigest, attempt);
    }
  }

  private Document readAny(String tagOrDigest, String attempt) throws IOException {
    var answer = calls.document(accepting(calls.get(urls.path("manifests", tagOrDigest))), attempt);
    var document = Document.of(answer.bytes(), answer.header("Content-Type", ""));
    return verified(document, tagOrDigest, answer.header("Docker-Content-Digest", ""));
  }

  /// The digest of the manifest under a tag, without reading it; empty where there is none or the
  /// registry does not say.
  Optional<Digest> digest(String tagOrDigest) throws IOException {
    return lookUp(tagOrDigest, RegistryManifests::saidDigest);
  }

  /// As [#digest], with type and size.
  Optional<Descriptor> descriptor(String tagOrDigest) throws IOException {
    return lookUp(tagOrDigest, RegistryManifests::saidDescriptor);
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
  boolean has(Document document) throws IOException {
    var digest = document.digest().toString();
    try {
      if (digest(digest).isEmpty()) {
        return false;
      }
      put(digest, document);
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
  boolean put(String tagOrDigest, Document document) throws IOException {
    return put(tagOrDigest, document, null);
  }

  /// @param before what must still be under the tag; null for anything
  boolean put(String tagOrDigest, Document document, @Nullable Digest before) throws IOException {
    var type = okhttp3.MediaType.parse(document.mediaType().value());
    var request =
        calls
            .request(urls.path("manifests", tagOrDigest))
            .put(RequestBody.create(document.bytes(), type));
    if (before != null) {
      request.header("If-Match", "\"%s\"".formatted(before));
    }
    try (var response = store(request, "push " + named(tagOrDigest))) {
      return response.header("OCI-Subject") != null;
    }
  }

  /// While another one pushes the same blobs, docker-registry may read its notes of them half
  /// written, and says then that a digest is wrong.
  private Response store(Request.Builder request, String attempt) throws IOException {
    var attempts = calls.begin();
    while (true) {
      try {
        return calls.sharing(attempts).ask(request, attempt, RegistryCalls.STORED);
      } catch (RegistryException e) {
        if (!e.code().equals("DIGEST_INVALID") || !attempts.again((String) null)) {
          throw e;
        }
      }
    }
  }

  void delete(Digest digest) throws IOException {
    var request = calls.request(urls.path("manifests", digest.toString())).delete();
    calls.ask(request, "delete " + named(digest.toString()), RegistryCalls.STORED).close();
  }

  /// Removes a tag and nothing else.
  ///
  /// @throws OciException of category `UNSUPPORTED` where the registry deletes by digest only
  void deleteTag(String tag) throws IOException {
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
