package dev.ocij.buildah.context.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.buildah.context.cloud.CloudStandIn.Answer;
import dev.ocij.buildah.context.cloud.CloudStandIn.Asked;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3StoreTest {
  private static final Map<String, String> KEY =
      Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "se/cret+");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          s3://bucket/a/b%2Bc d | AWS_REGION=eu-west-1                | bucket.s3.eu-west-1.amazonaws.com     | /a/b%2Bc%20d
          s3://bucket           | AWS_DEFAULT_REGION=eu-west-1        | bucket.s3.eu-west-1.amazonaws.com     | /context.tar.gz
          s3://bucket/k         |                                     | bucket.s3.us-east-1.amazonaws.com     | /k
          s3://bucket/k         | AWS_REGION=cn-north-1               | bucket.s3.cn-north-1.amazonaws.com.cn | /k
          s3://with.dot/k       |                                     | s3.us-east-1.amazonaws.com            | /with.dot/k
          s3://bucket/k         | S3_ENDPOINT=https://store.example   | bucket.store.example                  | /k
          s3://bucket/k         | S3_ENDPOINT=https://store.example:444/,S3_FORCE_PATH_STYLE=TRUE | store.example:444 | /bucket/k
          s3://bucket/k         | S3_FORCE_PATH_STYLE=true            | bucket.s3.us-east-1.amazonaws.com     | /k
          """)
  void an_object_is_asked_for_where_it_is(
      String name, @Nullable String variables, String host, String path)
      throws IOException, GeneralSecurityException {
    try (var cloud = cloud(_ -> Answer.of(200, "content"), host.replaceFirst(":.*", ""))) {
      assertThat(fetch(cloud, variables(variables)).of(name)).isEqualTo("content");
      var asked = cloud.asked().getFirst();
      assertThat(asked.host()).isEqualTo(host);
      assertThat(asked.target()).isEqualTo(path);
      assertSigned(asked, "se/cret+");
      assertThat(asked.headers()).doesNotContainKey("x-amz-security-token");
    }
  }

  @Test
  void a_service_of_this_network_needs_no_tls() throws IOException, GeneralSecurityException {
    try (var cloud = cloud(_ -> Answer.of(200, "content"))) {
      var variables = new HashMap<>(KEY);
      variables.put("S3_ENDPOINT", "http://" + cloud.host());
      variables.put("NO_PROXY", "127.0.0.1");
      variables.put("AWS_SESSION_TOKEN", "to/ken");
      assertThat(fetch(cloud, variables).of("s3://bucket/k")).isEqualTo("content");
      var asked = cloud.asked().getFirst();
      assertThat(asked.target()).isEqualTo("/bucket/k");
      assertThat(asked.header("x-amz-security-token")).isEqualTo("to/ken");
      assertThat(asked.header("authorization")).contains(";x-amz-security-token,");
      assertSigned(asked, "se/cret+");
    }
  }

  @Test
  void a_profile_has_a_key_and_a_region() throws IOException, GeneralSecurityException {
    write(
        ".aws/config",
        """
        # [profile work]
        [default]
        region = eu-west-1
        [profile  work]
        region = eu-north-1
        s3 =
          region = xx
        """);
    write(
        ".aws/credentials",
        """
        [work]
        aws_access_key_id = WORK
        aws_secret_access_key=worksecret
        [default]
        aws_access_key_id = DEFAULT
        aws_secret_access_key = defaultsecret
        aws_session_token = t
        """);
    try (var cloud =
        cloud(
            _ -> Answer.of(200, "x"),
            "*.s3.eu-north-1.amazonaws.com",
            "*.s3.eu-west-1.amazonaws.com")) {
      fetch(cloud, Map.of("AWS_PROFILE", "work")).of("s3://bucket/k");
      fetch(cloud, Map.of()).of("s3://bucket/k");
      var work = cloud.asked().getFirst();
      assertThat(work.host()).isEqualTo("bucket.s3.eu-north-1.amazonaws.com");
      assertThat(work.header("authorization")).contains("Credential=WORK/20260304/eu-north-1/s3/");
      assertSigned(work, "worksecret");
      var usual = cloud.asked().getLast();
      assertThat(usual.host()).isEqualTo("bucket.s3.eu-west-1.amazonaws.com");
      assertThat(usual.header("x-amz-security-token")).isEqualTo("t");
      assertSigned(usual, "defaultsecret");
    }
  }

  @Test
  void a_web_identity_becomes_a_key() throws IOException, GeneralSecurityException {
    write("token", "jwt\n");
    try (var cloud =
        cloud(S3StoreTest::tokens, "sts.eu-west-1.amazonaws.com", "*.s3.eu-west-1.amazonaws.com")) {
      var variables =
          Map.of(
              "AWS_REGION",
              "eu-west-1",
              "AWS_ROLE_ARN",
              "arn:aws:iam::1:role/r",
              "AWS_WEB_IDENTITY_TOKEN_FILE",
              folder.resolve("token").toString());
      assertThat(fetch(cloud, variables).of("s3://bucket/k")).isEqualTo("content");
      var token = cloud.asked().getFirst();
      assertThat(token.method()).isEqualTo("POST");
      assertThat(token.body().split("&"))
          .containsExactlyInAnyOrder(
              "Action=AssumeRoleWithWebIdentity",
              "Version=2011-06-15",
              "RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr",
              "RoleSessionName=buildah-j",
              "WebIdentityToken=jwt");
      assertThat(token.headers()).doesNotContainKey("authorization");
      assertSigned(cloud.asked().getLast(), "made+secret");
      assertThat(cloud.asked().getLast().header("x-amz-security-token")).isEqualTo("made==");
    }
  }

  private static Answer tokens(Asked asked) {
    return Answer.of(
        200,
        asked.host().startsWith("sts.")
            ? "<R><Credentials><AccessKeyId>MADE</AccessKeyId>\n<SecretAccessKey>made+secret"
                + "</SecretAccessKey><SessionToken>made==</SessionToken></Credentials></R>"
            : "content");
  }

  @Test
  void a_failure_that_passes_is_no_failure() throws IOException {
    try (var cloud = cloud(null, "*.s3.us-east-1.amazonaws.com")) {
      assertThat(fetch(cloud, KEY).of("s3://bucket/k")).isEqualTo("content");
      assertThat(cloud.asked()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          404 | <Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error> | fetch s3://bucket/k: NoSuchKey: "The specified key does not exist." (404)
          403 | | fetch s3://bucket/k: Forbidden (403)
          301 | <Error><Code>PermanentRedirect</Code></Error> | fetch s3://bucket/k: "PermanentRedirect" (301); is the bucket in us-east-1? AWS_REGION names another region
          """)
  void a_refusal_is_told(int status, @Nullable String body, String sentence) throws IOException {
    var answer =
        new Answer(status, body == null ? "" : body, Map.of("Location", "https://other.example/"));
    try (var cloud = cloud(_ -> answer, "*.s3.us-east-1.amazonaws.com", "other.example")) {
      assertThatThrownBy(() -> fetch(cloud, KEY).of("s3://bucket/k"))
          .isInstanceOf(OciException.class)
          .hasMessage(sentence);
      assertThat(cloud.asked()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AWS_REGION=evil.example/               | AWS_REGION "evil.example/": no name of a region, as us-east-1 is one
          S3_ENDPOINT=ftp://x                    | S3_ENDPOINT "ftp://x": expected a URL of http or https without a path
          S3_ENDPOINT=https://x/y                | S3_ENDPOINT "https://x/y": expected a URL of http or https without a path
          AWS_PROFILE=none                       | read the AWS profile "none": no such profile in ~/.aws/config or ~/.aws/credentials
          AWS_ACCESS_KEY_ID=                     | find an AWS key: no AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, no AWS_ROLE_ARN with AWS_WEB_IDENTITY_TOKEN_FILE, and no key in the profile "default" of ~/.aws; set one of them
          """)
  void what_is_not_set_well_is_told_before_anybody_is_asked(String variables, String sentence)
      throws IOException {
    try (var cloud = cloud(_ -> Answer.of(200, "x"))) {
      assertThatThrownBy(() -> fetch(cloud, variables(variables)).of("s3://bucket/k"))
          .isInstanceOf(OciException.class)
          .hasMessage(sentence);
      assertThat(cloud.asked()).isEmpty();
    }
  }

  @Test
  void no_secret_is_shown() {
    assertThat(new AwsCredentials("ID", "secret", "token")).hasToString("AWS key ID");
  }

  private static void assertSigned(Asked asked, String secret) throws GeneralSecurityException {
    assertThat(asked.header("x-amz-date")).isEqualTo("20260304T050607Z");
    assertThat(asked.header("authorization"))
        .contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date")
        .endsWith("Signature=" + ReceivedSignature.expected(asked, secret));
  }

  /// @param answers null for a server that fails once
  private CloudStandIn cloud(@Nullable Function<Asked, Answer> answers, String... hosts)
      throws IOException {
    var failed = new AtomicBoolean();
    return CloudStandIn.open(
        folder,
        answers == null ? _ -> Answer.of(failed.getAndSet(true) ? 200 : 503, "content") : answers,
        hosts);
  }

  private CloudFetch fetch(CloudStandIn cloud, Map<String, String> variables) {
    return new CloudFetch(cloud, folder, variables);
  }

  /// These over a key.
  private static Map<String, String> variables(@Nullable String more) {
    var variables = new HashMap<>(KEY);
    for (var pair : more == null ? new String[0] : more.split(",")) {
      variables.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
    }
    return variables;
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
