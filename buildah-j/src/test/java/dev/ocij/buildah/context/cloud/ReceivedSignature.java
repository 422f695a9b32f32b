package dev.ocij.buildah.context.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ocij.buildah.context.cloud.CloudStandIn.Asked;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Judges a signature of version 4 as the server does: from the request as it arrived, by what the
/// request itself says of its scope and headers.
final class ReceivedSignature {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/([^/]+)/([^/]+)/([^/]+)/aws4_request, ?"
              + "SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");

  private ReceivedSignature() {}

  /// What the signature had to be with this secret; the request's own is behind `Signature=`.
  static String expected(Asked request, String secret) throws GeneralSecurityException {
    var said = AUTHORIZATION.matcher(request.header("authorization"));
    if (!said.matches()) {
      return "no such authorization: " + request.header("authorization");
    }
    var canonical = new StringBuilder();
    canonical.append(request.method()).append('\n').append(request.path()).append('\n');
    canonical.append(sorted(request.query())).append('\n');
    for (var name : said.group(5).split(";")) {
      canonical.append(name).append(':').append(request.header(name)).append('\n');
    }
    canonical.append('\n').append(said.group(5)).append('\n');
    canonical.append(sha256(request.body()));
    var scope = "%s/%s/%s/aws4_request".formatted(said.group(2), said.group(3), said.group(4));
    var text =
        "AWS4-HMAC-SHA256\n%s\n%s\n%s"
            .formatted(request.header("x-amz-date"), scope, sha256(canonical.toString()));
    var day = mac(("AWS4" + secret).getBytes(UTF_8), said.group(2));
    var service = mac(mac(day, said.group(3)), said.group(4));
    return HexFormat.of().formatHex(mac(mac(service, "aws4_request"), text));
  }

  private static String sorted(String query) {
    return String.join("&", Arrays.stream(query.split("&")).sorted().toList());
  }

  private static String sha256(String text) throws GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }
}
