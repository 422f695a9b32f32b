package dev.ocij.transport.registry.auth;

import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// Adds `Authorization` to requests for one registry's origin, and to no others. Learns from the
/// first refusal what the registry wants; later requests have it from the start. A token refused in
/// the middle of a copy is replaced, twice at most for each request.
public final class TokenInterceptor implements Interceptor {
  private static final Pattern REPOSITORY =
      Pattern.compile("/v2/(.+)/(?:manifests|blobs|tags|referrers)/.*");

  /// How often what was refused is replaced for one request.
  private static final int REPLACEMENTS = 2;

  private final HttpUrl registry;
  private final Function<String, Credential> credentials;
  private final TokenServer server;
  private final InstantSource clock;
  private final Map<Set<String>, Issued> tokens = new ConcurrentHashMap<>();
  private final Map<Set<String>, Set<String>> wider = new ConcurrentHashMap<>();
  private final AtomicLong issued = new AtomicLong();
  private volatile @Nullable Challenge known;

  /// @param credentials what to show for a repository; empty for the registry itself
  /// @param http asks token servers
  /// @param login whether it is all about the credentials
  public TokenInterceptor(
      HttpUrl registry,
      Function<String, Credential> credentials,
      OkHttpClient http,
      InstantSource clock,
      boolean login) {
    this.registry = registry;
    this.credentials = credentials;
    this.server = new TokenServer(http, clock, login);
    this.clock = clock;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var request = chain.request();
    if (!isOwn(request.url())) {
      return chain.proceed(request);
    }
    var asked = scopes(request);
    var shown = authorization(request, known, wider.getOrDefault(asked, asked));
    var response = chain.proceed(shown.on(request));
    // A token that another request brought may have died on its way, when its elders did.
    for (int left = REPLACEMENTS; left > 0 && response.code() == 401; left--) {
      var fresh = fresh(response, request, asked, shown);
      if (fresh.isNothing() || fresh.header().equals(shown.header())) {
        return response;
      }
      response.close();
      shown = fresh;
      response = chain.proceed(shown.on(request));
    }
    return response;
  }

  /// What answers a refusal, which may be nothing.
  private Shown fresh(Response refusal, Request request, Set<String> asked, Shown refused)
      throws IOException {
    var challenge = Challenge.of(refusal).orElse(null);
    if (challenge == null) {
      return Shown.NOTHING;
    }
    known = challenge;
    var wanted = widened(asked, challenge);
    forget(wanted, refused.number());
    return authorization(request, challenge, wanted);
  }

  private boolean isOwn(HttpUrl url) {
    return url.scheme().equals(registry.scheme())
        && url.host().equals(registry.host())
        && url.port() == registry.port();
  }

  private static Set<String> scopes(Request request) {
    var scopes = new LinkedHashSet<String>();
    var repository = repository(request);
    if (!repository.isEmpty()) {
      scopes.add(Access.current().scope(repository));
    }
    var from = request.url().queryParameter("from");
    if (from != null) {
      scopes.add(Access.PULL.scope(from));
    }
    return scopes;
  }

  private static String repository(Request request) {
    var path = REPOSITORY.matcher(request.url().encodedPath());
    return path.matches() ? path.group(1) : "";
  }

  /// What the registry says it wants, beside what we think that it needs.
  private Set<String> widened(Set<String> asked, Challenge challenge) {
    var scopes = new LinkedHashSet<>(asked);
    challenge.parameter("scope").ifPresent(scope -> scopes.addAll(List.of(scope.split(" "))));
    wider.put(asked, scopes);
    return scopes;
  }

  /// Forgets tokens for any of these scopes that are as old as the one that was refused; another
  /// request may have brought a new one meanwhile.
  private void forget(Set<String> scopes, long refused) {
    tokens
        .entrySet()
        .removeIf(known ->
            known.getValue().number() <= refused
                && known.getKey().stream().anyMatch(scopes::contains));
  }

  private Shown authorization(Request request, @Nullable Challenge challenge, Set<String> scopes)
      throws IOException {
    if (challenge == null) {
      return Shown.NOTHING;
    }
    var credential = credentials.apply(repository(request));
    if (credential instanceof Credential.RegistryToken token) {
      return new Shown("Bearer " + token.secret(), 0);
    }
    if (challenge.scheme().equals("basic")) {
      return credential instanceof Credential.Password password
          ? new Shown(password.basic(), 0)
          : Shown.NOTHING;
    }
    var token = token(challenge, Set.copyOf(scopes), credential);
    return new Shown("Bearer " + token.token().secret(), token.number());
  }

  private Issued token(Challenge challenge, Set<String> scopes, Credential credential)
      throws IOException {
    var cached = tokens.get(scopes);
    if (cached != null && cached.token().isFresh(clock.instant())) {
      return cached;
    }
    var realm = Realm.parse(challenge.parameter("realm").orElse(""), registry);
    var service = challenge.parameter("service").orElse("");
    var token = server.token(realm, service, scopes, credential);
    var fresh = new Issued(token, issued.incrementAndGet());
    tokens.put(scopes, fresh);
    return fresh;
  }

  /// @param number in the order of arrival, from 1
  private record Issued(Token token, long number) {}

  /// What a request shows of itself.
  ///
  /// @param header the value of `Authorization`; empty for none
  /// @param number of the token in it; 0 for none
  private record Shown(String header, long number) {
    static final Shown NOTHING = new Shown("", 0);

    boolean isNothing() {
      return header.isEmpty();
    }

    Request on(Request request) {
      return isNothing() ? request : request.newBuilder().header("Authorization", header).build();
    }
  }
}
