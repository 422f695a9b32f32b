package dev.ocij.buildah.context.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.buildah.context.cloud.CloudStandIn.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzureStoreTest {
  private static final String HOST = "acct.blob.core.windows.net";
  private static final String BLOB = "https://" + HOST + "/con/a%20b/c.tar.gz";
  private static final byte[] SECRET = "a key of an account".getBytes(UTF_8);
  private static final Map<String, String> KEY =
      Map.of("AZURE_STORAGE_ACCESS_KEY", Base64.getEncoder().encodeToString(SECRET));

  @TempDir private Path folder;

  /// As Azure's documentation has it: the names of all headers that count, in their order.
  @Test
  void the_key_of_the_account_signs() throws IOException, GeneralSecurityException {
    try (var cloud = cloud(200, "content")) {
      assertThat(new CloudFetch(cloud, folder, KEY).of(BLOB)).isEqualTo("content");
      var asked = cloud.asked().getFirst();
      var own = new TreeMap<String, String>();
      asked
          .headers()
          .forEach((name, value) -> {
            if (name.startsWith("x-ms-")) {
              own.put(name, value);
            }
          });
      assertThat(own)
          .isEqualTo(
              Map.of("x-ms-date", "Wed, 04 Mar 2026 05:06:07 GMT", "x-ms-version", "2021-08-06"));
      var text = new StringBuilder("GET\n");
      for (var name :
          "content-encoding content-language content-length content-md5 content-type date if-modified-since if-match if-none-match if-unmodified-since range"
              .split(" ")) {
        text.append(asked.header(name)).append('\n');
      }
      own.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
      text.append("/acct").append(asked.path());
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
      var signature = mac.doFinal(text.toString().getBytes(UTF_8));
      assertThat(asked.header("authorization"))
          .isEqualTo("SharedKey acct:" + Base64.getEncoder().encodeToString(signature));
      assertThat(asked.target()).isEqualTo("/con/a%20b/c.tar.gz");
    }
  }

  @Test
  void a_signature_in_the_address_needs_no_key() throws IOException {
    try (var cloud = cloud(200, "content")) {
      var signed = BLOB + "?sv=2021-08-06&sr=b&sig=a%2Fb%3D";
      assertThat(new CloudFetch(cloud, folder, KEY).of(signed)).isEqualTo("content");
      var asked = cloud.asked().getFirst();
      assertThat(asked.target()).isEqualTo(signed.substring(("https://" + HOST).length()));
      assertThat(asked.headers()).doesNotContainKey("authorization");
    }
  }

  @Test
  void what_is_for_everybody_needs_nothing() throws IOException {
    try (var cloud = cloud(200, "content")) {
      assertThat(new CloudFetch(cloud, folder, Map.of()).of(BLOB)).isEqualTo("content");
      assertThat(cloud.asked().getFirst().headers()).doesNotContainKey("authorization");
    }
  }

  @Test
  void a_refusal_is_told_without_secrets() throws IOException {
    var error =
        "\u00ef\u00bb\u00bf<?xml version=\"1.0\"?><Error><Code>AuthenticationFailed</Code>"
            + "<Message>Server failed.\nRequestId:1</Message></Error>";
    try (var cloud = cloud(403, error)) {
      assertThatThrownBy(() -> new CloudFetch(cloud, folder, KEY).of(BLOB + "?sig=secret"))
          .hasMessage("fetch %s: AuthenticationFailed: \"Server failed.\" (403)".formatted(BLOB));
      assertThatThrownBy(() -> new CloudFetch(cloud, folder, Map.of()).of(BLOB))
          .hasMessage(
              "fetch %s: AuthenticationFailed: \"Server failed.\" (403); set".formatted(BLOB)
                  + " AZURE_STORAGE_ACCESS_KEY, or give the address a signature");
      var bad = Map.of("AZURE_STORAGE_ACCESS_KEY", "no base64!");
      assertThatThrownBy(() -> new CloudFetch(cloud, folder, bad).of(BLOB))
          .hasMessage("AZURE_STORAGE_ACCESS_KEY: expected a key of an account, which is base64");
    }
  }

  private CloudStandIn cloud(int status, String body) throws IOException {
    return CloudStandIn.open(folder, _ -> Answer.of(status, body), HOST);
  }
}
