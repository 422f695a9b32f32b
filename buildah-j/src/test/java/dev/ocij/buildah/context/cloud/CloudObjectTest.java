package dev.ocij.buildah.context.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudObjectTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          s3://bucket/a/b.tar.gz,  s3://bucket/a/b.tar.gz
          s3://bucket,             s3://bucket/context.tar.gz
          s3://bucket/,            s3://bucket/context.tar.gz
          s3://b.c-d/a b%2Bc%é,    s3://b.c-d/a%20b%2Bc%25%C3%A9
          gs://bucket_1/x.tar.gz,  gs://bucket_1/x.tar.gz
          https://acct.blob.core.windows.net/c/d/e.tar.gz,  https://acct.blob.core.windows.net/c/d/e.tar.gz
          https://acct.z7.blob.storage.azure.net/c/e?sig=secret,  https://acct.z7.blob.storage.azure.net/c/e
          """)
  void names_an_object(String text, String shown) {
    assertThat(CloudObject.parse(text)).get().hasToString(shown);
  }

  @Test
  void an_address_of_azure_has_an_account_and_perhaps_a_signature() {
    assertThat(CloudObject.parse("https://acct.blob.core.windows.net/c/e%20f?sv=1&sig=a%2Bb"))
        .contains(
            new CloudObject.Azure("acct.blob.core.windows.net", "/c/e%20f", "sv=1&sig=a%2Bb"));
    assertThat(new CloudObject.Azure("acct.blob.core.windows.net", "/c/e", "").account())
        .isEqualTo("acct");
  }

  /// Nobody else gets what is signed with the key of an account.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://acct.blob.core.windows.net.evil.example/c/e",
        "https://acct.blob.core.evil.example/c/e",
        "https://evil.example/acct.blob.core.windows.net/c/e",
        "https://evil.example#.blob.core.windows.net/c/e",
        "https://acct.blob.core.windows.net@evil.example/c/e",
        "https://acct.blob.core.windows.net:444/c/e",
        "https://a@acct.blob.core.windows.net/c/e",
        "https://a.b.blob.core.windows.net/c/e",
        "http://acct.blob.core.windows.net/c/e",
        "https://acct.blob.core.windows.net/c",
        "dir://s3://x/y",
        "x"
      })
  void other_names_are_no_objects(String text) {
    assertThat(CloudObject.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://",
        "s3:///key",
        "s3://evil.example#/key",
        "s3://a@b/key",
        "s3://b:80/key",
        "s3://bucket/a?b=c",
        "s3://bucket/a#b",
        "gs://b c/key",
        "s3://bucket/../other/key",
        "gs://bucket/a/./b",
        "s3://bucket/%2e%2e/key"
      })
  void a_name_that_leads_elsewhere_is_refused(String text) {
    assertThatThrownBy(() -> CloudObject.parse(text))
        .isInstanceOf(OciException.class)
        .hasMessageStartingWith("open build context \"" + text + "\": ");
  }
}
