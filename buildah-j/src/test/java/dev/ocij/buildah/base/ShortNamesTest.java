package dev.ocij.buildah.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.builtin.Builtin;
import dev.ocij.builtin.TransportOptions;
import dev.ocij.config.Environment;
import dev.ocij.name.Location;
import dev.ocij.spec.Platform;
import dev.ocij.store.Store;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.transport.SampleImage;
import dev.ocij.transport.Transports;
import dev.ocij.transport.local.LocalImages;
import dev.ocij.transport.registry.BlobLocations;
import dev.ocij.transport.registry.RegistryOptions;
import dev.ocij.trust.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names without a registry, looked up as registries.conf says.
@Tag("tool")
class ShortNamesTest {
  private static final SampleImage IMAGE = SampleImage.oci(1);

  @AutoClose private static DockerRegistry registry;
  @TempDir private Path folder;

  @BeforeAll
  static void a_registry_with_an_image(@TempDir Path folder) throws IOException {
    registry = DockerRegistry.open();
    var sink = "//" + registry.host() + "/team/app:latest";
    try (var writing = transports(folder).all().getFirst().openSink(sink)) {
      IMAGE.putBlobs(writing);
      writing.commit(IMAGE.manifest());
    }
  }

  /// The first registry of the search does not answer.
  @ParameterizedTest
  @CsvSource({"team/app", "team/app:latest", "short"})
  void are_found_where_the_configuration_says(String typed) throws IOException {
    try (var images = images(Pull.MISSING)) {
      assertThat(images.open(typed).id()).isEqualTo(IMAGE.config().descriptor().digest());
    }
    var local = new LocalImages(Store.open(folder.resolve("store")));
    assertThat(local.find(registry.host() + "/team/app").id())
        .isEqualTo(IMAGE.config().descriptor().digest());
    try (var images = images(Pull.NEVER)) {
      assertThat(images.open(registry.host() + "/team/app").id()).isNotNull();
    }
  }

  @Test
  void are_found_in_the_store_before() throws IOException {
    try (var other = DockerRegistry.open()) {
      var conf = "unqualified-search-registries = ['%s']".formatted(other.host());
      var transports = transports(folder, conf);
      var local = other.host() + "/local/app:latest";
      try (var writing = transports.openSink(new Location("containers-storage", local))) {
        IMAGE.putBlobs(writing);
        writing.commit(IMAGE.manifest());
      }
      try (var images = images(transports, Pull.MISSING)) {
        assertThat(images.open("local/app").id()).isEqualTo(IMAGE.config().descriptor().digest());
      }
    }
  }

  private BaseImages images(Pull pull) throws IOException {
    return images(transports(folder), pull);
  }

  private static BaseImages images(Transports transports, Pull pull) {
    return new BaseImages(transports, Policy.acceptAnything(), Platform.of("linux", "amd64"), pull);
  }

  private static Transports transports(Path folder) throws IOException {
    var conf =
        """
        unqualified-search-registries = ["127.0.0.1:1", "%1$s"]
        [aliases]
        "short" = "%1$s/team/app"
        [[registry]]
        location = "%1$s"
        insecure = true
        """
            .formatted(registry.host());
    return transports(folder, conf);
  }

  private static Transports transports(Path folder, String conf) throws IOException {
    var file = Files.writeString(folder.resolve("registries.conf"), conf);
    var environment = new Environment(Map.of(), folder, folder, "1000").withRegistriesConf(file);
    return Builtin.transports(
        TransportOptions.of(
            Store.open(folder.resolve("store")),
            folder,
            RegistryOptions.of(environment),
            new BlobLocations()));
  }
}
