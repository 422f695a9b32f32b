package dev.ocij.http;

import dev.ocij.spec.Quoted;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/// Follows redirects, ten at most, never from https to http. Credentials are added further in, for
/// the registry's own origin only, so no other host gets them this way.
public final class RedirectInterceptor implements Interceptor {
  private static final int MOST = 10;

  @Override
  public Response intercept(Chain chain) throws IOException {
    var request = chain.request();
    for (int followed = 0; followed <= MOST; followed++) {
      var response = chain.proceed(request);
      if (!isRedirect(response)) {
        return response;
      }
      response.close();
      request = redirected(request, response);
    }
    throw new RefusedAddressException("redirected more than %d times".formatted(MOST));
  }

  private static boolean isRedirect(Response response) {
    return switch (response.code()) {
      case 301, 302, 303, 307, 308 -> response.header("Location") != null;
      default -> false;
    };
  }

  private static Request redirected(Request request, Response response) throws IOException {
    var location = String.valueOf(response.header("Location"));
    var target = request.url().resolve(location);
    if (target == null) {
      throw refused(location, "only http and https are followed");
    }
    if (request.isHttps() && !target.isHttps()) {
      throw refused(target.redact(), "https is never left for http");
    }
    return request.newBuilder().url(withoutUser(target)).build();
  }

  private static HttpUrl withoutUser(HttpUrl url) {
    return url.newBuilder().username("").password("").build();
  }

  private static RefusedAddressException refused(String location, String reason) {
    return new RefusedAddressException(
        "redirect to %s refused: %s".formatted(Quoted.of(location), reason));
  }
}
