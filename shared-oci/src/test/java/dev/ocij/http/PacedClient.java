package dev.ocij.http;

import java.time.Duration;
import java.util.List;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

/// A client that speaks plain HTTP as that of a registry does.
final class PacedClient {
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), 512);

  private PacedClient() {}

  static OkHttpClient create() {
    return create(PATIENCE);
  }

  static OkHttpClient create(Patience patience) {
    return new OkHttpClient.Builder()
        .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
        .socketFactory(new BufferedSockets(false))
        .addNetworkInterceptor(new PaceInterceptor(patience))
        .build();
  }
}
