package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.name.Location;
import dev.ocij.testing.FaultyRegistry;
import dev.ocij.transport.registry.auth.Credential;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Copies from and to a registry that wants credentials, where tokens expire, the token server
/// fails, and other hosts are in play: they never see a credential.
class FaultyCredentialsTest extends FaultyRegistryCase {
  private static final Credential ADA = new Credential.Password("ada", "secret");

  @BeforeEach
  void an_image_in_it_and_a_credential() throws IOException {
    copies.copy(start.oci(StartImages.SINGLE), docker(registry.host(), ":read"));
    copies = copies.with(copies.registries().withCredential(ADA));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expire,match=manifest-get",
        "expire,match=blob-get",
        "expire,match=blob-get,n=3",
        "expire,match=blob-head",
        "expire,match=upload-post",
        "expire,match=upload-put",
        "expire,match=upload-patch",
        "expire,match=upload-put,n=3",
        "expire,match=manifest-put",
        "status,status=500,times=3,match=token",
        "status,status=503,match=token,n=2",
        "empty,match=token",
        "reset,match=token,after=10",
        "mute,match=token"
      })
  void a_copy_outlives_a_token_and_a_token_server_that_fails(String fault) throws IOException {
    try (var faulty = FaultyRegistry.setup().tokens("ada", "secret", 1000).before(registry)) {
      faulty.arm(fault);
      copies.line(docker(faulty.host(), ":read"), copies.layout()).succeeded();
      var made = fault.contains("upload-patch") ? copies.recompressing() : copies;
      made.line(copies.layout(), docker(faulty.host(), "-written:t")).succeeded();
      assertThat(fault.startsWith("reset") ? 1 : faulty.fired()).as(fault).isPositive();
    }
    copies.readWhole(docker(registry.host(), "-written:t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status,status=503,match=token,times=0",
        "status,status=401,match=token,times=0",
        "status,status=429,retry_after=86400,match=token,times=0",
        "html,match=token,times=0",
        "endless,match=token,times=0",
        "mute,match=token,times=0",
        "redirect-file,match=token,times=0",
        "expire,match=manifest-get,times=0"
      })
  void a_token_server_that_never_works_is_told_in_a_sentence(String fault) {
    try (var faulty =
        FaultyRegistry.setup().tokens("ada", "secret", 1000).before(registry, fault)) {
      var outcome = copies.line(docker(faulty.host(), ":read"), copies.layout());
      assertFails(outcome, 1);
      assertThat(outcome.stderr()).contains("127.0.0.1").doesNotContain("secret");
      assertThat(faulty.requests()).as("bounded").hasSizeLessThan(10);
    }
  }

  /// Where the other host is asked it is asked without them, and the registry got them.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "redirect,match=blob-get,times=0",
        "redirect,match=manifest-get,times=0",
        "redirect,match=blob-head,times=0",
        "redirect,match=manifest-put,times=0",
        "redirect,match=upload-put,times=0",
        "upload-elsewhere,match=upload-post,times=0"
      })
  void another_host_sees_no_credential(String fault) throws IOException {
    assertNoneElsewhere(FaultyRegistry.setup().password("ada", "secret"), fault, "basic");
    assertNoneElsewhere(FaultyRegistry.setup().tokens("ada", "secret", 1000), fault, "tokens");
  }

  private void assertNoneElsewhere(FaultyRegistry.Setup setup, String fault, String how)
      throws IOException {
    var layout = "oci:" + folder.resolve(how);
    try (var faulty = setup.before(registry, fault)) {
      copies.line(docker(faulty.host(), ":read"), layout).succeeded();
      var recompressing = copies.recompressing();
      recompressing.line(layout, docker(faulty.host(), "-" + how + ":t")).succeeded();
      assertThat(elsewhere(faulty)).isNotEmpty().allMatch(r -> r.path("auth").isNull());
      assertThat(faulty.requests()).anyMatch(r -> !r.path("auth").isNull());
    }
  }

  private static List<JsonNode> elsewhere(FaultyRegistry faulty) {
    return faulty.requests().stream()
        .filter(request -> request.path("where").asText().equals("other"))
        .toList();
  }

  @Test
  void a_realm_at_another_host_gets_no_credential() {
    try (var faulty =
        FaultyRegistry.setup()
            .password("ada", "secret")
            .before(registry, "bad-realm,match=manifest-get,times=0")) {
      var outcome = copies.line(docker(faulty.host(), ":read"), copies.layout());
      assertFails(outcome, 1);
      assertThat(outcome.stderr()).doesNotContain("secret");
      assertThat(elsewhere(faulty)).isNotEmpty().allMatch(r -> r.path("auth").isNull());
    }
  }

  @Test
  void a_token_is_replaced_before_it_expires() throws IOException {
    var now = new AtomicReference<>(Instant.now());
    var retries = copies.registries().retries().withClock(now::get);
    var timed = copies.with(copies.registries().withRetries(retries));
    var transports = timed.transports();
    try (var faulty = FaultyRegistry.setup().tokens("ada", "secret", 1000).before(registry)) {
      var location = Location.parse(docker(faulty.host(), ":read"));
      transports.openSource(location).close();
      transports.openSource(location).close();
      assertThat(tokens(faulty)).isEqualTo(1);
      now.set(now.get().plus(Duration.ofSeconds(295)));
      transports.openSource(location).close();
      assertThat(tokens(faulty)).isEqualTo(2);
      assertThat(faulty.requests())
          .filteredOn(request -> request.path("status").asInt() == 401)
          .filteredOn(request -> !request.path("class").asText().equals("ping"))
          .hasSize(1);
    }
  }

  private static long tokens(FaultyRegistry faulty) {
    return faulty.requests().stream()
        .filter(request -> request.path("class").asText().equals("token"))
        .count();
  }
}
