package dev.ocij.transport.registry;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// What a registry says of itself with its answers: whether it keeps simple signatures. As a
/// network interceptor it hears the registry itself, not whoever a redirect leads to; one that
/// fails says nothing, and what was said once, as before a login, is not taken back.
final class SignatureAnnouncement implements Interceptor {
  private static final String HEADER = "X-Registry-Supports-Signatures";

  private final String host;
  private volatile @Nullable Boolean made;

  /// @param host of the registry
  SignatureAnnouncement(String host) {
    this.host = host;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var response = chain.proceed(chain.request());
    if (response.code() < 500 && response.request().url().host().equals(host)) {
      made = Boolean.TRUE.equals(made) || "1".equals(response.header(HEADER));
    }
    return response;
  }

  /// Null before the first answer.
  @Nullable Boolean made() {
    return made;
  }
}
