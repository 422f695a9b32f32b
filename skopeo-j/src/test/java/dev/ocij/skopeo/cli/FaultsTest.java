package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.name.Location;
import dev.ocij.spec.OciException;
import dev.ocij.testing.FaultyRegistry;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Copies from and to a registry that fails: survived without any option, or ended with a sentence,
/// nothing half done under the name, and a second copy that finishes.
class FaultsTest extends FaultyRegistryCase {
  private static final String NOT_THERE = "status=404,match=manifest-get";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reset,match=blob-get",
        "reset,match=blob-get,times=3",
        "reset,match=blob-get,n=2,times=2,after=10",
        "reset,match=manifest-get",
        "close,match=blob-get,times=2",
        "close,match=manifest-get,times=2",
        "empty,match=blob-get",
        "empty,match=manifest-get",
        "status,status=429,match=blob-get",
        "status,status=429,retry_after=1,match=manifest-get",
        "status,status=429,retry_after=date,match=blob-get",
        "status,status=500,times=3,match=blob-get",
        "status,status=500,times=3,match=manifest-get",
        "status,status=502,times=3,match=blob-get",
        "status,status=502,times=3,match=manifest-get",
        "status,status=503,times=3,match=blob-get",
        "status,status=503,times=3,match=manifest-get",
        "status,status=504,times=3,match=blob-get",
        "status,status=504,times=3,match=manifest-get",
        "stall,match=blob-get",
        "stall,match=manifest-get",
        "mute,match=blob-get",
        "mute,match=manifest-get",
        "flip,match=blob-get",
        "flip,match=manifest-get",
        "redirect,match=blob-get,times=0",
        "redirect,match=manifest-get,times=0",
        "no-range,match=blob-get,n=2"
      })
  void a_pull_survives(String fault) throws IOException {
    seed();
    try (var faulty = FaultyRegistry.before(registry, fault)) {
      copies.line(docker(faulty.host(), ":t"), copies.layout()).succeeded();
      assertFired(faulty, fault);
      assertThat(faulty.summary()).contains("\"credentials_at_other\": []");
    }
    copies.readWhole(copies.layout());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reset,match=upload-put",
        "reset,match=upload-put,after=10,times=2",
        "close,match=upload-put,times=2",
        "close,match=upload-post",
        "empty,match=blob-head",
        "empty,match=upload-post",
        "empty,match=upload-put",
        "empty,match=manifest-put",
        "status,status=500,times=3,match=blob-head",
        "status,status=500,times=3,match=upload-post",
        "status,status=500,times=3,match=upload-put",
        "status,status=500,times=3,match=manifest-put",
        "status,status=502,times=3,match=blob-head",
        "status,status=502,times=3,match=upload-put",
        "status,status=503,times=3,match=upload-post",
        "status,status=503,times=3,match=manifest-put",
        "status,status=504,times=3,match=upload-put",
        "status,status=504,times=3,match=blob-head",
        "status,status=429,retry_after=1,match=upload-post",
        "status,status=429,match=upload-put",
        "status,status=429,retry_after=date,match=manifest-put",
        "mute,match=blob-head",
        "mute,match=upload-post",
        "mute,match=upload-put",
        "mute,match=manifest-put",
        "upload-lost,match=upload-put",
        "upload-offset,match=upload-put",
        "drop-answer,match=upload-post",
        "drop-answer,match=upload-put",
        "drop-answer,match=manifest-put",
        "upload-elsewhere,match=upload-post"
      })
  void a_push_survives(String fault) throws IOException {
    try (var faulty = FaultyRegistry.before(registry, fault)) {
      copies.line(start.oci(StartImages.SINGLE), docker(faulty.host(), ":t")).succeeded();
      assertFired(faulty, fault);
      assertThat(faulty.summary()).contains("\"credentials_at_other\": []");
    }
    copies.readWhole(docker(registry.host(), ":t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reset,match=upload-patch",
        "close,match=upload-patch,times=2",
        "empty,match=upload-patch",
        "status,status=500,times=3,match=upload-patch",
        "status,status=502,times=3,match=upload-patch",
        "status,status=503,times=3,match=upload-patch",
        "status,status=504,times=3,match=upload-patch",
        "status,status=503,times=3,match=upload-put",
        "status,status=429,match=upload-patch",
        "mute,match=upload-patch",
        "upload-lost,match=upload-patch",
        "upload-lost,match=upload-put",
        "upload-offset,match=upload-patch",
        "drop-answer,match=upload-patch",
        "drop-answer,match=upload-put",
        "upload-elsewhere,match=upload-post|upload-patch"
      })
  void a_push_of_layers_that_are_made_on_the_way_survives(String fault) throws IOException {
    try (var faulty = FaultyRegistry.before(registry, fault)) {
      copies
          .recompressing()
          .line(start.oci(StartImages.SINGLE), docker(faulty.host(), ":t"))
          .succeeded();
      assertFired(faulty, fault);
    }
    copies.readWhole(docker(registry.host(), ":t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reset,match=blob-get,times=0,after=0",
        "empty,match=manifest-get,times=0",
        "mute,match=any,times=0",
        "mute,match=manifest-get,times=0",
        "mute,match=blob-get,times=0",
        "stall,match=manifest-get,times=0",
        "stall,match=blob-get,times=0,after=0",
        "flip,match=blob-get,times=0",
        "flip,match=manifest-get,times=0",
        "truncate,match=blob-get,times=0,after=0",
        "truncate,match=manifest-get,times=0",
        "wrong-digest-header,match=manifest-get,times=0",
        "garbage,match=manifest-get,times=0",
        "html,match=any,times=0",
        "html,match=manifest-get,times=0",
        "html,match=blob-get,times=0",
        "endless,match=manifest-get,times=0",
        "endless,match=blob-get,times=0",
        "huge-header,match=manifest-get,times=0",
        "redirect-loop,match=manifest-get,times=0",
        "redirect-loop,match=blob-get,times=0",
        "redirect-file,match=manifest-get,times=0",
        "redirect-file,match=blob-get,times=0",
        "status,status=403,match=manifest-get,times=0",
        "status,status=403,match=blob-get,times=0",
        "status,status=404,match=manifest-get,times=0",
        "status,status=404,match=blob-get,times=0",
        "status,status=405,match=manifest-get,times=0",
        "status,status=405,match=blob-get,times=0",
        "status,status=500,match=manifest-get,times=0",
        "status,status=503,match=blob-get,times=0",
        "status,status=429,match=manifest-get,times=0",
        "status,status=429,retry_after=86400,match=blob-get,times=0"
      })
  void a_pull_fails_cleanly(String fault) throws IOException {
    seed();
    try (var faulty = FaultyRegistry.before(registry, fault)) {
      assertFails(copies.line(docker(faulty.host(), ":t"), copies.layout()), status(fault));
      assertGivenUpSoon(faulty, fault);
    }
    assertThatThrownBy(() -> copies.transports().openSource(Location.parse(copies.layout())))
        .isInstanceOf(OciException.class);
    copies.copy(docker(registry.host(), ":t"), copies.layout());
    copies.readWhole(copies.layout());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reset,match=upload-put,times=0",
        "empty,match=manifest-put,times=0",
        "mute,match=any,times=0",
        "mute,match=blob-head,times=0",
        "mute,match=upload-post,times=0",
        "mute,match=upload-put,times=0",
        "mute,match=manifest-put,times=0",
        "status,status=403,match=upload-post,times=0",
        "status,status=403,match=upload-put,times=0",
        "status,status=404,match=upload-post,times=0",
        "status,status=405,match=upload-post,times=0",
        "status,status=405,match=manifest-put,times=0",
        "status,status=500,match=manifest-put,times=0",
        "status,status=503,match=upload-put,times=0",
        "status,status=429,retry_after=86400,match=upload-post,times=0",
        "status,status=429,retry_after=86400,match=upload-put,times=0",
        "html,match=any,times=0",
        "html,match=upload-post,times=0",
        "endless,match=upload-post,times=0",
        "redirect-loop,match=manifest-put,times=0",
        "redirect-file,match=upload-post,times=0",
        "upload-lost,match=upload-put,times=0",
        "upload-offset,match=upload-put,times=0"
      })
  void a_push_fails_cleanly(String fault) throws IOException {
    try (var faulty = FaultyRegistry.before(registry, fault)) {
      assertFails(copies.line(start.oci(StartImages.SINGLE), docker(faulty.host(), ":t")), 1);
      assertGivenUpSoon(faulty, fault);
    }
    assertThatThrownBy(
            () -> copies.transports().openSource(Location.parse(docker(registry.host(), ":t"))))
        .isInstanceOf(OciException.class);
    copies.copy(start.oci(StartImages.SINGLE), docker(registry.host(), ":t"));
    copies.readWhole(docker(registry.host(), ":t"));
  }

  /// Survived or not: what is there afterwards is right.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "truncate,match=blob-get",
        "truncate,match=manifest-get",
        "long-length,match=blob-get",
        "long-length,match=manifest-get",
        "short-length,match=blob-get",
        "short-length,match=manifest-get",
        "encoding,match=blob-get",
        "encoding,match=manifest-get",
        "wrong-type,match=manifest-get",
        "duplicate,match=blob-get",
        "duplicate,match=manifest-get",
        "bad-range,match=blob-get"
      })
  void a_pull_is_never_wrong(String fault) throws IOException {
    seed();
    try (var faulty = FaultyRegistry.before(registry, fault)) {
      var outcome = copies.line(docker(faulty.host(), ":t"), copies.layout());
      if (outcome.status() != 0) {
        assertFails(outcome, 1);
        copies.line(docker(registry.host(), ":t"), copies.layout()).succeeded();
      }
    }
    copies.readWhole(copies.layout());
  }

  /// That an image is not there is told from other failures.
  private static int status(String fault) {
    return fault.contains(NOT_THERE) ? 2 : 1;
  }

  /// A fault that never fired shows nothing. The first request for a blob is one; a second comes
  /// only where something else failed.
  private static void assertFired(FaultyRegistry faulty, String fault) {
    assertThat(fault.contains("no-range") || faulty.fired() > 0).as(fault).isTrue();
  }

  /// A silent server costs its whole time limit each time: twice 20 seconds, on top of those for
  /// the connection, are less than a minute. Three blobs wait at once, after a greeting.
  private static void assertGivenUpSoon(FaultyRegistry faulty, String fault) {
    if (fault.contains("retry_after=86400")) {
      assertThat(faulty.fired()).as("asked once for each of three blobs").isBetween(1, 3);
    }
    if (fault.startsWith("mute") || fault.startsWith("stall")) {
      assertThat(faulty.fired()).as("requests without an answer").isBetween(2, 1 + 2 * 3);
    }
  }

  private void seed() throws IOException {
    copies.copy(start.oci(StartImages.SINGLE), docker(registry.host(), ":t"));
  }
}
