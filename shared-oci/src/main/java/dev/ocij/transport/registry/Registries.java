package dev.ocij.transport.registry;

import dev.ocij.config.CertsD;
import dev.ocij.config.Proxies;
import dev.ocij.config.RegistriesConf;
import dev.ocij.config.RegistryPlace;
import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.spec.OciException;
import dev.ocij.transport.registry.auth.Access;
import dev.ocij.transport.registry.auth.Credential;
import dev.ocij.transport.registry.auth.Credentials;
import dev.ocij.transport.registry.auth.TokenInterceptor;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// The connections to all registries of one end of a command: sockets, tokens and what was learnt
/// about each registry are shared by everything that is read or written there.
final class Registries {
  private final RegistryOptions options;
  private final boolean login;
  private @Nullable Configuration configuration;
  private final Map<RegistryEndpoint, Connection> connections = new ConcurrentHashMap<>();

  Registries(RegistryOptions options) {
    this(options, false);
  }

  /// @param login whether it is all about the credentials
  Registries(RegistryOptions options, boolean login) {
    this.options = options;
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
              conf, Credentials.of(options.authfile(), environment, conf.credentialHelpers()));
    }
    return configuration;
  }

  RegistryClient client(RegistryEndpoint endpoint, String path, String shown, Access access)
      throws IOException {
    var known = connections.get(endpoint);
    if (known == null) {
      var made = connect(endpoint);
      var earlier = connections.putIfAbsent(endpoint, made);
      known = earlier == null ? made : earlier;
    }
    return new RegistryClient(known.http(), known.base(), path, shown, access, options.retries());
  }

  /// Shows the registry who we are.
  ///
  /// @throws OciException of category `UNAUTHORIZED` where it does not know us
  void ping(String registry) throws IOException {
    conf().refuseBlocked(registry);
    var endpoint = new RegistryEndpoint(registry, isInsecure(conf().isInsecure(registry)));
    client(endpoint, "", registry, Access.PULL).ping();
  }

  private Connection connect(RegistryEndpoint endpoint) throws IOException {
    var https = connection(endpoint, endpoint.url("https"));
    if (!endpoint.insecure()) {
      return https;
    }
    return reaches(https, true) ? https : connection(endpoint, endpoint.url("http"));
  }

  /// Any answer will do: even a refusal shows that https is spoken. A server of plain HTTP may wait
  /// for the rest of what it takes for a request, or close the connection at once; so there are no
  /// pauses, as there would be for a server that fails.
  ///
  /// @param again whether a connection that broke is made once more
  private boolean reaches(Connection https, boolean again) {
    var impatient = https.http().newBuilder().callTimeout(options.retries().patience().connect());
    impatient.interceptors().removeIf(RetryInterceptor.class::isInstance);
    var client =
        new RegistryClient(impatient.build(), https.base(), "", "", Access.PULL, options.retries());
    try {
      client.ping();
      return true;
    } catch (OciException _) {
      return true;
    } catch (IOException e) {
      return again && Unreachable.reason(e) instanceof SocketException && reaches(https, false);
    }
  }

  private Connection connection(RegistryEndpoint endpoint, HttpUrl base) {
    var plain = plain(endpoint, base).build();
    var tokens =
        new TokenInterceptor(
            base,
            path -> credential(endpoint.name(), path),
            plain.newBuilder().addInterceptor(new RetryInterceptor(options.retries())).build(),
            options.retries().clock(),
            login);
    var http =
        plain
            .newBuilder()
            .addInterceptor(new RedirectInterceptor())
            .addInterceptor(new RetryInterceptor(options.retries()))
            .addInterceptor(tokens)
            .build();
    return new Connection(http, base);
  }

  private Credential credential(String registry, String path) {
    var given = options.credential();
    return given == null ? configuration().credentials().find(registry, path) : given;
  }

  private OkHttpClient.Builder plain(RegistryEndpoint endpoint, HttpUrl base) {
    var patience = options.retries().patience();
    var http =
        new OkHttpClient.Builder()
            .connectTimeout(patience.connect())
            .readTimeout(patience.silence())
            .writeTimeout(patience.silence())
            .followRedirects(false)
            .followSslRedirects(false)
            .proxySelector(Proxies.of(options.environment()))
            .addInterceptor(new UserAgentInterceptor(options.userAgent()))
            .addInterceptor(new WarningInterceptor(options.warnings()))
            .addNetworkInterceptor(new AddressGuard(base.host()));
    if (!base.isHttps()) {
      return http.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
    }
    var certs = CertsD.of(options.environment(), endpoint.name(), options.certDir());
    return Tls.configure(http, certs, options.environment(), base.host(), endpoint.insecure())
        .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS));
  }

  private record Configuration(RegistriesConf conf, Credentials credentials) {}

  private record Connection(OkHttpClient http, HttpUrl base) {}
}
