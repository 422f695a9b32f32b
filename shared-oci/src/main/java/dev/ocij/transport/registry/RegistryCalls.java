package dev.ocij.transport.registry;

import dev.ocij.http.Attempts;
import dev.ocij.http.Retries;
import dev.ocij.http.Unreachable;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.transport.registry.auth.Access;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// Requests to a registry and their answers; what is not an expected answer is an error.
///
/// @param host for messages
/// @param access what the requests need, for tokens
/// @param shared how often all of them are made again together; null where each has attempts of its
///   own
record RegistryCalls(
    OkHttpClient http, String host, Access access, Retries retries, @Nullable Attempts shared) {
  private static final byte[] NOTHING = {};

  /// The size of anything that a machine can hold.
  static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");

  private static final Set<Integer> READ = Set.of(200, 204, 206);

  /// What answers a request that changes something. A bare 200 does not: a network that wants a
  /// login answers so to everything.
  static final Set<Integer> STORED = Set.of(201, 202, 204);

  /// A whole document.
  ///
  /// @param response closed already; its headers stay
  record Answer(Response response, byte[] bytes) {
    String header(String name, String otherwise) {
      return Objects.requireNonNullElse(response.header(name), otherwise);
    }
  }

  Request.Builder request(HttpUrl url) {
    return new Request.Builder().url(url);
  }

  Request.Builder get(HttpUrl url) {
    return request(url);
  }

  Request.Builder head(HttpUrl url) {
    return request(url).head();
  }

  /// Without a body.
  Request.Builder post(HttpUrl url) {
    return request(url).post(RequestBody.create(NOTHING, null));
  }

  Attempts begin() {
    return retries.begin();
  }

  /// Requests that are made again as often as these attempts allow.
  RegistryCalls sharing(Attempts attempts) {
    return new RegistryCalls(http, host, access, retries, attempts);
  }

  /// The answer to a request that reads.
  Response send(Request.Builder request, String attempt) throws IOException {
    return ask(request, attempt, READ);
  }

  /// @param attempt for messages: what is about to be done
  /// @param expected the statuses that are no error
  /// @throws RegistryException on any other status
  Response ask(Request.Builder request, String attempt, Set<Integer> expected) throws IOException {
    var response = Unreachable.explain(attempt, host, () -> execute(request.build()));
    if (expected.contains(response.code())) {
      return response;
    }
    try (response) {
      throw ErrorAnswer.read(response).during(attempt);
    }
  }

  private Response execute(Request request) throws IOException {
    var call = http.newCall(request);
    return access.during(shared == null ? call::execute : () -> shared.share(call::execute));
  }

  /// A whole document; asked for again where it ends too early.
  Answer document(Request.Builder request, String attempt) throws IOException {
    var attempts = retries.begin();
    while (true) {
      try (var response = sharing(attempts).send(request, attempt)) {
        return new Answer(response, read(response, attempt));
      } catch (Unreachable e) {
        throw e;
      } catch (IOException e) {
        if (!attempts.again(e)) {
          throw Unreachable.during(attempt, host, e);
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
}
