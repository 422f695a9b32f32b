package dev.ocij.transport.registry.auth;

import dev.ocij.http.Attempts;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/// Asks a realm for tokens, as in the distribution project's token specification: GET, with a
/// password where there is one, or POST of an identity token.
///
/// @param http without credentials of its own
/// @param login whether it is all about the credentials, so that a token for strangers will not do
record TokenServer(OkHttpClient http, InstantSource clock, boolean login) {
  /// The most bytes of a token.
  private static final int LONGEST = 1 << 20;

  private static final String CLIENT = "ocij";

  Token token(Realm realm, String service, Set<String> scopes, Credential credential)
      throws IOException {
    if (login && !realm.trusted() && !(credential instanceof Credential.Anonymous)) {
      throw new OciException(
          Category.REJECTED,
          "its token server %s is at another host; credentials are not shown there"
              .formatted(realm.url().host()));
    }
    var request =
        switch (realm.trusted() ? credential : new Credential.Anonymous()) {
          case Credential.IdentityToken identity -> post(realm, service, scopes, identity);
          case Credential.Password password ->
              get(realm, service, scopes, password.user())
                  .header("Authorization", password.basic())
                  .build();
          case Credential.Anonymous _, Credential.RegistryToken _ ->
              get(realm, service, scopes, "").build();
        };
    var asked = clock.instant();
    try (var response = Attempts.apart(http.newCall(request)::execute)) {
      return Token.read(body(response), asked);
    }
  }

  private static Request.Builder get(
      Realm realm, String service, Set<String> scopes, String account) {
    var url = realm.url().newBuilder();
    if (!service.isEmpty()) {
      url.setQueryParameter("service", service);
    }
    if (!account.isEmpty()) {
      url.setQueryParameter("account", account);
    }
    scopes.forEach(scope -> url.addQueryParameter("scope", scope));
    return new Request.Builder().url(url.build());
  }

  private static Request post(
      Realm realm, String service, Set<String> scopes, Credential.IdentityToken identity) {
    var form =
        new FormBody.Builder()
            .add("grant_type", "refresh_token")
            .add("refresh_token", identity.secret())
            .add("service", service)
            .add("scope", String.join(" ", scopes))
            .add("client_id", CLIENT)
            .build();
    return new Request.Builder().url(realm.url()).post(form).build();
  }

  private static byte[] body(Response response) throws IOException {
    var host = response.request().url().host();
    if (!response.isSuccessful()) {
      throw new OciException(
          response.code() < 500 ? Category.UNAUTHORIZED : Category.UNAVAILABLE,
          "ask %s for a token: the server answers %d; check name and password"
              .formatted(host, response.code()));
    }
    var bytes = response.body().byteStream().readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw new OciException(
          Category.INVALID,
          "ask %s for a token: the answer is larger than %d bytes".formatted(host, LONGEST));
    }
    return bytes;
  }
}
