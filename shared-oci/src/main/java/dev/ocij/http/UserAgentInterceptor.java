package dev.ocij.http;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import okhttp3.Interceptor;
import okhttp3.Response;

/// Says who we are, asks for bytes as they are stored, and traces requests at level `DEBUG`,
/// without headers and queries: both hold secrets.
public record UserAgentInterceptor(String userAgent) implements Interceptor {
  private static final Logger LOG = System.getLogger(UserAgentInterceptor.class.getName());

  @Override
  public Response intercept(Chain chain) throws IOException {
    var request =
        chain
            .request()
            .newBuilder()
            .header("User-Agent", userAgent)
            .header("Accept-Encoding", "identity")
            .build();
    var response = chain.proceed(request);
    LOG.log(
        Level.DEBUG,
        () ->
            "%s %s://%s%s: %d"
                .formatted(
                    request.method(),
                    request.url().scheme(),
                    request.url().host(),
                    request.url().encodedPath(),
                    response.code()));
    return response;
  }
}
