package dev.ocij.transport.registry;

import dev.ocij.http.Attempts;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// The uploads of one repository: distribution-spec, "Pushing blobs". Safe for any number of
/// threads.
///
/// @param shown the repository as the user named it, for messages
record RegistryUploads(RegistryCalls calls, RepositoryUrls urls, String shown) {
  /// What docker-registry says of an upload with no byte, and of one with a single byte.
  private static final String NO_BYTES = "0-0";

  private static final byte[] NOTHING = {};

  /// Makes a blob of another repository one of this, if the registry wants to.
  ///
  /// @return the upload to continue with instead; empty where the blob is here now
  Optional<Upload> mount(Digest digest, String from) throws IOException {
    try {
      return tryMount(digest, from);
    } catch (RegistryException e) {
      if (e.status() >= 500) {
        throw e;
      }
      return Optional.of(start()); // we may not read there, or it knows no mounts
    }
  }

  private Optional<Upload> tryMount(Digest digest, String from) throws IOException {
    var url =
        urls.uploads()
            .newBuilder()
            .addQueryParameter("mount", digest.toString())
            .addQueryParameter("from", from)
            .build();
    try (var response =
        calls.ask(calls.post(url), "mount " + named(digest), RegistryCalls.STORED)) {
      return response.code() == 201 ? Optional.empty() : Optional.of(upload(response, 0));
    }
  }

  Upload start() throws IOException {
    try (var response =
        calls.ask(calls.post(urls.uploads()), "push to " + shown, RegistryCalls.STORED)) {
      return upload(response, 0);
    }
  }

  /// Appends to an upload.
  Upload append(Upload upload, RequestBody chunk) throws IOException {
    var request = calls.request(upload.location()).patch(chunk);
    if (chunk.contentLength() > 0) {
      long last = upload.offset() + chunk.contentLength() - 1;
      request.header("Content-Range", "%d-%d".formatted(upload.offset(), last));
    }
    try (var response = calls.ask(request, "push to " + shown, RegistryCalls.STORED)) {
      return upload(response, upload.offset());
    }
  }

  /// Ends an upload with its last bytes; afterwards the blob is there.
  void finish(Upload upload, Digest digest, @Nullable RequestBody rest, Attempts attempts)
      throws IOException {
    var url = upload.location().newBuilder().addQueryParameter("digest", digest.toString()).build();
    var body = rest == null ? RequestBody.create(NOTHING, null) : rest;
    calls
        .sharing(attempts)
        .ask(calls.request(url).put(body), "push " + named(digest), RegistryCalls.STORED)
        .close();
  }

  /// How far an upload came; empty where the registry does not know it any more, or has nothing
  /// that is worth continuing.
  Optional<Upload> status(Upload upload, Attempts attempts) throws IOException {
    var codes = Set.of(200, 202, 204, 400, 404, 405);
    try (var response =
        calls.sharing(attempts).ask(calls.get(upload.location()), "push to " + shown, codes)) {
      var range = Objects.requireNonNullElse(response.header("Range"), NO_BYTES);
      return response.code() >= 400 || response.header("Location") == null || range.equals(NO_BYTES)
          ? Optional.empty()
          : Optional.of(upload(response, received(range)));
    }
  }

  private Upload upload(Response response, long offset) {
    var location = Objects.requireNonNullElse(response.header("Location"), "");
    var url = response.request().url().resolve(location);
    if (url == null) {
      throw wrong("location %s of the upload is no URL", location);
    }
    if (urls.base().isHttps() && !url.isHttps()) {
      throw wrong("location %s of the upload is refused: https is never left for http", location);
    }
    return new Upload(url, offset);
  }

  private long received(String range) {
    var last = range.substring(range.lastIndexOf('-') + 1).strip();
    if (!RegistryCalls.SIZE.matcher(last).matches()) {
      throw wrong("range %s of the upload tells no number of bytes", range);
    }
    return Long.parseLong(last) + 1;
  }

  /// @param found with `%s` for what the registry answered
  private OciException wrong(String found, String answered) {
    return new OciException(
        Category.INVALID,
        "push to %s: the ".formatted(shown) + found.formatted(Quoted.of(answered)));
  }

  private String named(Digest digest) {
    return shown + "@" + digest;
  }
}
