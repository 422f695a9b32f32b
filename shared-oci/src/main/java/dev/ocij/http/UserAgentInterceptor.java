package dev.ocij.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/// Says who we are, and asks for bytes as they are stored.
public record UserAgentInterceptor(String userAgent) implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    return chain.proceed(
        chain
            .request()
            .newBuilder()
            .header("User-Agent", userAgent)
            .header("Accept-Encoding", "identity")
            .build());
  }
}
