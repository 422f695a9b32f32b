package dev.ocij.transport.registry;

import dev.ocij.config.RegistriesConf;
import dev.ocij.config.RegistriesD;
import dev.ocij.config.RegistryPlace;
import dev.ocij.http.RedirectInterceptor;
import dev.ocij.http.RetryInterceptor;
import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.spec.OciException;
import dev.ocij.transport.registry.auth.Access;
import dev.ocij.transport.registry.auth.Credential;
import dev.ocij.transport.registry.auth.Credentials;
import dev.ocij.transport.registry.auth.TokenInterceptor;
import dev.ocij.trust.Scopes;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// The connections to all registries of one end of a command: sockets, tokens and what was learnt
/// about each registry are shared by everything that is read or written there.
final class Registries {
  private final RegistryOptions options;
  private final HttpClients http;
  private final boolean login;
  private @Nullable Configuration configuration;
  private final Map<RegistryEndpoint, Connection> connections = new ConcurrentHashMap<>();
  private final Map<String, OkHttpClient> servers = new ConcurrentHashMap<>();

  Registries(RegistryOptions options) {
    this(options, false);
  }

  /// @param login whether it is all about the credentials
  Registries(RegistryOptions options, boolean login) {
    this.options = options;
    this.http = new HttpClients(options);
    this.login = login;
  }

  /// A repository as the user named it: for whatever is written, and for its tags.
  ///
  /// @throws OciException where its registry is blocked
  RegistryClient client(Repository repository, Access access) throws IOException {
    var name = repository.toString();
    conf().refuseBlocked(name);
    var endpoint = new RegistryEndpoint(repository.registry(), isInsecure(conf().isInsecure(name)));
    return client(endpoint, repository.path(), name, access);
  }

  /// The places where an image may be read, to be tried in this order.
  List<RegistryPlace> places(Reference reference) {
    return conf().places(reference);
  }

  List<String> fullNames(String typed) {
    return conf().candidates(typed);
  }

  RegistryClient client(RegistryPlace place) throws IOException {
    var repository = place.reference().repository();
    var endpoint = new RegistryEndpoint(repository.registry(), isInsecure(place.insecure()));
    return client(endpoint, repository.path(), repository.toString(), Access.PULL);
  }

  /// What the command was told counts more than what is configured.
  private boolean isInsecure(boolean configured) {
    return options.tlsVerify() == null ? configured : !options.tlsVerify();
  }

  private RegistriesConf conf() {
    return configuration().conf();
  }

  /// Read when a registry is first asked: what stays on this machine needs none.
  private synchronized Configuration configuration() {
    if (configuration == null) {
      var environment = options.environment();
      var conf = RegistriesConf.read(environment);
      configuration =
          new Configuration(
              conf,
              Credentials.of(options.authfile(), environment, conf.credentialHelpers()),
              RegistriesD.read(environment));
    }
    return configuration;
  }

  private RegistryClient client(RegistryEndpoint endpoint, String path, String shown, Access access)
      throws IOException {
    var known = connections.get(endpoint);
    if (known == null) {
      if (options.credential() == null) {
        configuration().credentials().check(endpoint.name(), path);
      }
      var made = connect(endpoint);
      var earlier = connections.putIfAbsent(endpoint, made);
      known = earlier == null ? made : earlier;
    }
    var base = known.base();
    return new RegistryClient(
        new RegistryCalls(known.http(), base.host(), access, options.retries(), null),
        new RepositoryUrls(base, path),
        shown,
        known.announcement());
  }

  /// Where the signatures of a repository's images are.
  RegistrySignatures signatures(Reference reference, RegistryClient client) {
    var scopes = Scopes.of(reference);
    var said = configuration().signatures();
    var repository = reference.repository();
    return new RegistrySignatures(
        reference,
        client,
        new Lookaside(repository, said.lookaside(scopes), said.staging(scopes), this::get),
        said.attachments(scopes));
  }

  /// A document of a server that is no registry: it gets no credentials.
  private Optional<byte[]> get(URI address) throws IOException {
    var url = HttpUrl.get(address.toString());
    return SmallDocument.get(servers.computeIfAbsent(url.host(), _ -> http.web(url)), url);
  }

  /// Shows the registry who we are.
  ///
  /// @throws OciException of category `UNAUTHORIZED` where it does not know us
  void ping(String registry) throws IOException {
    conf().refuseBlocked(registry);
    var endpoint = new RegistryEndpoint(registry, isInsecure(conf().isInsecure(registry)));
    client(endpoint, "", registry, Access.PULL).ping();
  }

  /// Over https, unless the registry may speak plain HTTP and does. A local one is asked that
  /// first: nobody listens between, and to begin with TLS takes longer than most commands.
  private Connection connect(RegistryEndpoint endpoint) throws IOException {
    var https = endpoint.url("https");
    if (!endpoint.insecure()) {
      return connection(endpoint, https, http.plain(endpoint, https));
    }
    var plain = endpoint.url("http");
    var cleartext = http.plain(endpoint, plain);
    if (endpoint.isLocal() && http.greet(cleartext, plain).isWelcome()) {
      return connection(endpoint, plain, cleartext);
    }
    var tls = http.plain(endpoint, https);
    return http.greet(tls, https).isAnswered()
        ? connection(endpoint, https, tls)
        : connection(endpoint, plain, cleartext);
  }

  private Connection connection(RegistryEndpoint endpoint, HttpUrl base, OkHttpClient plain) {
    var tokens =
        new TokenInterceptor(
            base,
            path -> credential(endpoint.name(), path),
            http.retrying(plain),
            options.retries().clock(),
            login);
    var announcement = new SignatureAnnouncement(base.host());
    var client =
        plain
            .newBuilder()
            .addNetworkInterceptor(announcement)
            .addInterceptor(new RedirectInterceptor())
            .addInterceptor(new RetryInterceptor(options.retries()))
            .addInterceptor(tokens)
            .build();
    return new Connection(client, base, announcement);
  }

  private Credential credential(String registry, String path) {
    var given = options.credential();
    return given == null ? configuration().credentials().find(registry, path) : given;
  }

  private record Configuration(
      RegistriesConf conf, Credentials credentials, RegistriesD signatures) {}

  private record Connection(OkHttpClient http, HttpUrl base, SignatureAnnouncement announcement) {}
}
