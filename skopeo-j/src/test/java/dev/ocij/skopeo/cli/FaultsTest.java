package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.builtin.Builtin;
import dev.ocij.builtin.TransportOptions;
import dev.ocij.config.Environment;
import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.copy.Selection;
import dev.ocij.name.Location;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.OciException;
import dev.ocij.store.Store;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.FaultyRegistry;
import dev.ocij.testing.Tool;
import dev.ocij.transport.Transports;
import dev.ocij.transport.registry.BlobLocations;
import dev.ocij.transport.registry.RegistryOptions;
import dev.ocij.transport.registry.Retries;
import dev.ocij.trust.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Copies from and to a registry that fails: survived without any option, or ended with a sentence,
/// nothing half done under the name, and a second copy that finishes.
@Tag("tool")
class FaultsTest {
  private static DockerRegistry registry;
  private static StartImages start;
  private static int count;
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private String name;

  @BeforeAll
  static void a_registry_and_an_image() {
    Tool.required("python3");
    registry = DockerRegistry.open();
    start = StartImages.in(shared);
  }

  @AfterAll
  static void no_registry() {
    if (registry != null) {
      registry.close();
    }
  }

  /// A repository of its own, so that no blob is there already.
  @BeforeEach
  void a_name() {
    name = "/faults/a" + count++ + ":t";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reset,match=blob-get",
        "reset,match=blob-get,times=3",
        "reset,match=manifest-get",
        "close,match=blob-get,times=2",
        "close,match=manifest-get",
        "empty,match=blob-get",
        "empty,match=manifest-get",
        "status,status=429,match=blob-get",
        "status,status=429,retry_after=1,match=manifest-get",
        "status,status=429,retry_after=date,match=blob-get",
        "status,status=500,times=3,match=manifest-get",
        "status,status=502,times=3,match=blob-get",
        "status,status=503,times=3,match=blob-get",
        "status,status=504,times=3,match=manifest-get",
        "redirect,match=blob-get,times=0",
        "no-range,match=blob-get,n=2"
      })
  void a_pull_survives(String fault) throws IOException {
    seed();
    try (var faulty = FaultyRegistry.before(registry, fault)) {
      copy(docker(faulty.host()), layout());
      assertThat(faulty.summary()).doesNotContain("\"Authorization\"");
    }
    readWhole(layout());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reset,match=upload-put|upload-patch",
        "close,match=upload-post",
        "empty,match=upload-post|manifest-put",
        "status,status=500,times=3,match=manifest-put",
        "status,status=502,times=3,match=blob-head",
        "status,status=503,times=3,match=upload-post",
        "status,status=504,times=3,match=upload-put|upload-patch",
        "status,status=429,retry_after=1,match=upload-post",
        "status,status=429,match=upload-put|upload-patch",
        "upload-lost,match=upload-put|upload-patch",
        "upload-offset,match=upload-put|upload-patch",
        "drop-answer,match=upload-put|upload-patch",
        "drop-answer,match=manifest-put",
        "upload-elsewhere,match=upload-post"
      })
  void a_push_survives(String fault) throws IOException {
    try (var faulty = FaultyRegistry.before(registry, fault)) {
      copy(start.oci(StartImages.SINGLE), docker(faulty.host()));
    }
    readWhole(docker(registry.host()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reset,match=blob-get,times=0,after=0",
        "empty,match=manifest-get,times=0",
        "flip,match=blob-get,times=0",
        "flip,match=manifest-get,times=0",
        "truncate,match=blob-get,times=0",
        "wrong-digest-header,match=manifest-get,times=0",
        "garbage,match=manifest-get,times=0",
        "html,match=manifest-get,times=0",
        "endless,match=manifest-get,times=0",
        "huge-header,match=manifest-get,times=0",
        "redirect-loop,match=blob-get,times=0",
        "redirect-file,match=blob-get,times=0",
        "status,status=403,match=blob-get,times=0",
        "status,status=404,match=blob-get,times=0",
        "status,status=405,match=manifest-get,times=0",
        "status,status=503,match=blob-get,times=0",
        "status,status=429,retry_after=86400,match=blob-get,times=0"
      })
  void a_pull_fails_cleanly(String fault) throws IOException {
    seed();
    try (var faulty = FaultyRegistry.before(registry, fault)) {
      assertThatThrownBy(() -> copy(docker(faulty.host()), layout()))
          .isInstanceOfAny(OciException.class, IOException.class)
          .hasMessageMatching("[^\\n]{10,}");
    }
    assertThatThrownBy(() -> transports().openSource(Location.parse(layout())))
        .isInstanceOf(OciException.class);
    copy(docker(registry.host()), layout());
    readWhole(layout());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reset,match=upload-put|upload-patch,times=0",
        "status,status=403,match=upload-post,times=0",
        "status,status=405,match=manifest-put,times=0",
        "status,status=500,match=manifest-put,times=0",
        "html,match=upload-post,times=0",
        "upload-lost,match=upload-put|upload-patch,times=0"
      })
  void a_push_fails_cleanly(String fault) throws IOException {
    try (var faulty = FaultyRegistry.before(registry, fault)) {
      assertThatThrownBy(() -> copy(start.oci(StartImages.SINGLE), docker(faulty.host())))
          .isInstanceOfAny(OciException.class, IOException.class)
          .hasMessageMatching("[^\\n]{10,}");
    }
    assertThatThrownBy(() -> transports().openSource(Location.parse(docker(registry.host()))))
        .isInstanceOf(OciException.class);
    copy(start.oci(StartImages.SINGLE), docker(registry.host()));
    readWhole(docker(registry.host()));
  }

  /// Survived or not: what is there afterwards is right.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "flip,match=blob-get",
        "flip,match=manifest-get",
        "truncate,match=blob-get",
        "truncate,match=manifest-get",
        "long-length,match=blob-get",
        "short-length,match=blob-get",
        "short-length,match=manifest-get",
        "encoding,match=blob-get",
        "wrong-type,match=manifest-get",
        "duplicate,match=blob-get",
        "bad-range,match=blob-get"
      })
  void a_pull_is_never_wrong(String fault) throws IOException {
    seed();
    try (var faulty = FaultyRegistry.before(registry, fault)) {
      copy(docker(faulty.host()), layout());
    } catch (OciException | IOException e) {
      assertThat(e).hasMessageMatching("[^\\n]{10,}");
      copy(docker(registry.host()), layout());
    }
    readWhole(layout());
  }

  private void seed() throws IOException {
    copy(start.oci(StartImages.SINGLE), docker(registry.host()));
  }

  /// Skopeo compares every digest.
  private void readWhole(String location) {
    Tool.required("skopeo")
        .output(
            "--insecure-policy",
            "copy",
            "-q",
            "--src-tls-verify=false",
            location,
            "dir:" + folder + "/whole");
  }

  private String docker(String host) {
    return "docker://" + host + name;
  }

  private String layout() {
    return "oci:" + folder + "/layout:t";
  }

  private Descriptor copy(String from, String to) throws IOException {
    return new Copier(transports(), transports(), Progress.SILENT)
        .copy(
            new CopyRequest(
                Location.parse(from),
                Location.parse(to),
                new Selection.All(),
                Policy.acceptAnything(),
                Fit.AS_IT_IS,
                false,
                false,
                List.of(),
                null,
                6));
  }

  /// With pauses that pass at once.
  private Transports transports() {
    var registries =
        RegistryOptions.of(Environment.system())
            .withTlsVerify(false)
            .withRetries(new Retries(InstantSource.system(), _ -> {}));
    return Builtin.transports(
        TransportOptions.of(
            Store.open(folder.resolve("store")), folder, registries, new BlobLocations()));
  }
}
