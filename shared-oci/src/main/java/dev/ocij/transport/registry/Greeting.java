package dev.ocij.transport.registry;

import java.io.IOException;
import java.net.SocketException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/// The first request to a registry that may speak either of https and http, without credentials:
/// `GET /v2/`.
///
/// @param status of the answer; 0 where there was none
record Greeting(int status) {
  /// A connection that broke is made once more.
  static Greeting of(OkHttpClient http, HttpUrl base) {
    return of(http, base, true);
  }

  private static Greeting of(OkHttpClient http, HttpUrl base, boolean again) {
    var request = new Request.Builder().url(base + "v2/").build();
    try (var response = http.newCall(request).execute()) {
      return new Greeting(response.code());
    } catch (IOException e) {
      return again && e instanceof SocketException ? of(http, base, false) : new Greeting(0);
    }
  }

  /// Whether this scheme is spoken there: even a refusal shows that.
  boolean isAnswered() {
    return status != 0;
  }

  /// Whether a registry is there: servers of https answer plain HTTP too, but not like this.
  boolean isWelcome() {
    return status == 200 || status == 401;
  }
}
