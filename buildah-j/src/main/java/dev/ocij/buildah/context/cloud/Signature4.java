package dev.ocij.buildah.context.cloud;

import dev.ocij.spec.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Signature Version 4 of Amazon Web Services, of requests without a body.
///
/// @param at of the request
record Signature4(AwsCredentials credentials, String region, String service, Instant at) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String END = "aws4_request";

  /// SHA-256 of nothing.
  static final String NOTHING = Digest.of(new byte[0]).hex();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int DATE_LENGTH = 8;

  /// `x-amz-date`, which is signed with the others.
  String time() {
    return TIME.format(at);
  }

  /// The value of `Authorization`.
  ///
  /// @param path as it is sent
  /// @param query sorted, as it is sent
  /// @param headers all that are signed, `host` and `x-amz-date` among them
  String authorization(String method, String path, String query, Map<String, String> headers) {
    var signed = new TreeMap<String, String>();
    headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), trimmed(value)));
    var names = String.join(";", signed.keySet());
    var request = String.join("\n", method, path, query, lines(signed), names, NOTHING);
    var text = String.join("\n", ALGORITHM, time(), scope(), hash(request));
    return "%s Credential=%s/%s,SignedHeaders=%s,Signature=%s"
        .formatted(
            ALGORITHM, credentials.id(), scope(), names, HexFormat.of().formatHex(sign(text)));
  }

  /// Each ends its line.
  private static String lines(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static String trimmed(String value) {
    return value.strip().replaceAll(" +", " ");
  }

  private static String hash(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private String scope() {
    return String.join("/", date(), region, service, END);
  }

  private String date() {
    return time().substring(0, DATE_LENGTH);
  }

  private byte[] sign(String text) {
    var key = ("AWS4" + credentials.secret()).getBytes(StandardCharsets.UTF_8);
    for (var part : new String[] {date(), region, service, END}) {
      key = Hmac.of(key, part);
    }
    return Hmac.of(key, text);
  }
}
