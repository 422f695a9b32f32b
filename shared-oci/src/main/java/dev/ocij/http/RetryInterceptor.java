package dev.ocij.http;

import java.io.IOException;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/// Makes a request again where the failure may pass. A request whose body may be sent only once is
/// left to its sender, who knows what arrived. One that is part of something larger, which it says
/// by a tag, shares its attempts: two loops, one in the other, would try for minutes.
public record RetryInterceptor(Retries retries) implements Interceptor {
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  /// Whether the same request may succeed later.
  public static boolean mayPass(Response response) {
    return PASSING.contains(response.code());
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var request = chain.request();
    var attempts = Attempts.shared().orElseGet(retries::begin);
    return Attempts.apart(
        () -> isOneShot(request) ? chain.proceed(request) : proceed(chain, request, attempts));
  }

  private static Response proceed(Chain chain, Request request, Attempts attempts)
      throws IOException {
    while (true) {
      try {
        var response = chain.proceed(request);
        if (!mayPass(response) || !attempts.again(response.header("Retry-After"))) {
          return response;
        }
        response.close();
      } catch (IOException e) {
        if (!attempts.again(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean isOneShot(Request request) {
    var body = request.body();
    return body != null && body.isOneShot();
  }
}
