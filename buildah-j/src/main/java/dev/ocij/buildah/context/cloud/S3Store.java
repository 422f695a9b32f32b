package dev.ocij.buildah.context.cloud;

import dev.ocij.config.Environment;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.transport.registry.RegistryException;
import dev.ocij.transport.registry.WebFiles;
import dev.ocij.transport.registry.WebRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Amazon S3, or a service that speaks its protocol at `S3_ENDPOINT`.
record S3Store(WebFiles web, InstantSource clock) {
  /// What one certificate of a service can be for: a bucket whose name has a dot is not among it.
  private static final Pattern PART_OF_HOST = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*|localhost");

  /// Whoever asks in the wrong region is told so by one of these.
  private static final Set<Integer> ELSEWHERE = Set.of(301, 307, 400);

  @Nullable Instant fetch(CloudObject.S3 object, Path file) throws IOException {
    var account = AwsAccount.of(web);
    var credentials = account.credentials();
    try {
      return web.fetch(() -> request(object, account, credentials), file);
    } catch (RegistryException e) {
      if (ELSEWHERE.contains(e.status())) {
        throw new OciException(
            e.category(),
            "%s; is the bucket in %s? AWS_REGION names another region"
                .formatted(e.sentence(), account.region()),
            e);
      }
      throw e;
    }
  }

  WebRequest request(CloudObject.S3 object, AwsAccount account, AwsCredentials credentials) {
    var target = target(object, account);
    var signature = new Signature4(credentials, account.region(), "s3", clock.instant());
    var headers = new LinkedHashMap<String, String>();
    headers.put("x-amz-content-sha256", Signature4.NOTHING);
    headers.put("x-amz-date", signature.time());
    if (credentials.token() != null) {
      headers.put("x-amz-security-token", credentials.token());
    }
    var signed = new LinkedHashMap<>(headers);
    signed.put("host", target.getRawAuthority());
    headers.put("Authorization", signature.authorization("GET", target.getRawPath(), "", signed));
    var request = WebRequest.get("fetch " + object, target.toString());
    for (var header : headers.entrySet()) {
      request = request.with(header.getKey(), header.getValue());
    }
    return request;
  }

  private static URI target(CloudObject.S3 object, AwsAccount account) {
    var environment = account.environment();
    var endpoint =
        environment
            .variable("S3_ENDPOINT")
            .map(S3Store::parse)
            .orElseGet(() -> URI.create("https://s3." + account.domain()));
    var key = "/" + Percent.path(object.key());
    boolean inPath = isForced(environment) || !canBeInHost(object.bucket(), endpoint);
    var host = inPath ? "" : object.bucket() + ".";
    var path = inPath ? "/" + Percent.part(object.bucket()) + key : key;
    return URI.create(endpoint.getScheme() + "://" + host + authority(endpoint) + path);
  }

  /// Kaniko heeds it beside an endpoint.
  private static boolean isForced(Environment environment) {
    return environment.variable("S3_ENDPOINT").isPresent()
        && environment.variable("S3_FORCE_PATH_STYLE").filter("true"::equalsIgnoreCase).isPresent();
  }

  private static boolean canBeInHost(String bucket, URI endpoint) {
    return PART_OF_HOST.matcher(bucket).matches() && !ADDRESS.matcher(endpoint.getHost()).matches();
  }

  /// As the request names it: without the port that the scheme has anyway.
  private static String authority(URI endpoint) {
    int usual = endpoint.getScheme().equals("https") ? 443 : 80;
    return endpoint.getPort() < 0 || endpoint.getPort() == usual
        ? endpoint.getHost()
        : endpoint.getHost() + ":" + endpoint.getPort();
  }

  private static URI parse(String endpoint) {
    try {
      var uri = new URI(endpoint.contains("://") ? endpoint : "https://" + endpoint);
      boolean web = Set.of("http", "https").contains(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawPath().replace("/", "").isEmpty()) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // as any other that is none
    }
    throw new OciException(
        OciException.Category.USAGE,
        "S3_ENDPOINT %s: expected a URL of http or https without a path"
            .formatted(Quoted.of(endpoint)));
  }
}
