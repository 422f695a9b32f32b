package dev.ocij.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import dev.ocij.transport.SampleImage;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {
  @TempDir Path folder;
  private final SampleImage image = SampleImage.oci(1);

  @Test
  void several_names_lead_to_one_manifest() throws IOException {
    write("one", image);
    write("two", image);
    assertThat(store().entries().names()).containsExactly("one", "two");
    assertThat(store().entries().withDigest(image.manifest().digest())).hasSize(2);
  }

  @Test
  void a_name_given_again_leads_to_the_new_image_at_the_same_place() throws IOException {
    write("one", image);
    write("two", image);
    write("one", SampleImage.oci(2));
    assertThat(store().entries().names()).containsExactly("one", "two");
    assertThat(store().entries().named("one").orElseThrow().digest())
        .isEqualTo(SampleImage.oci(2).manifest().digest());
  }

  @Test
  void fields_and_entries_of_others_stay() throws IOException {
    write("one", image);
    var index = layout().resolve("index.json");
    Files.writeString(index, Files.readString(index).replaceFirst("\\{", "{\"x-new\":{\"a\":1},"));
    write("two", SampleImage.oci(2));
    var tree = Json.readTree(Files.readAllBytes(index), "index.json");
    assertThat(tree.path("x-new").path("a").asInt()).isEqualTo(1);
    assertThat(tree.path("manifests")).hasSize(2);
  }

  @Test
  void an_image_is_found_by_the_beginning_of_its_id() throws IOException {
    write("one", image);
    var id = image.config().descriptor().digest().hex();
    assertThat(store().withId(id.substring(0, 12))).hasSize(1);
    assertThat(store().withId("0".repeat(64))).isEmpty();
  }

  @Test
  void an_image_in_two_forms_has_one_id() throws IOException {
    write("one", image);
    var spaced =
        Document.of((new String(image.manifest().bytes(), UTF_8) + "\n").getBytes(UTF_8), "");
    write("other", new SampleImage(image.config(), image.layers(), spaced));
    assertThat(store().entries().images()).hasSize(2);
    assertThat(store().withId(image.config().descriptor().digest().hex())).hasSize(1);
  }

  @Test
  void deleting_an_image_removes_only_what_no_other_needs() throws IOException {
    write("one", image);
    write("same", image);
    write("other", SampleImage.oci(2));
    new LayoutTransport().delete(layout() + ":one");
    new LayoutTransport().delete(layout() + ":other");
    assertThat(store().blobs().digests())
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                image.manifest().digest(),
                image.config().descriptor().digest(),
                image.layers().get(0).descriptor().digest(),
                image.layers().get(1).descriptor().digest()));
  }

  @Test
  void nothing_is_pruned_while_somebody_writes() throws IOException {
    write("one", image);
    var other = SampleImage.oci(2);
    try (var sink = new LayoutTransport().openSink(layout() + ":two")) {
      other.putBlobs(sink);
      store().pruneUnlessUsed(ImageStore.Needed.NOTHING);
      sink.commit(other.manifest());
    }
    assertThat(store().entries().names()).containsExactly("one", "two");
  }

  @Test
  void a_blob_of_the_wrong_size_is_replaced() throws IOException {
    write("one", image);
    var damaged = blob(image.layers().getFirst().descriptor());
    Files.writeString(damaged, "");
    write("one", image);
    assertThat(damaged).hasSize(image.layers().getFirst().descriptor().size());
  }

  @Test
  @Tag("tool")
  void a_blob_that_is_a_fifo_is_refused_at_once() throws IOException {
    write("one", image);
    var blob = blob(image.layers().getFirst().descriptor());
    Files.delete(blob);
    Tool.required("mkfifo").output(blob.toString());
    assertRefused(image.layers().getFirst().descriptor(), "not a regular file");
  }

  @Test
  void a_blob_that_is_a_link_to_a_device_or_outside_is_refused() throws IOException {
    write("one", image);
    var descriptor = image.layers().getFirst().descriptor();
    for (var target : List.of("/dev/zero", "/etc/passwd")) {
      Files.delete(blob(descriptor));
      Files.createSymbolicLink(blob(descriptor), Path.of(target));
      assertRefused(descriptor, "link to a place outside");
    }
  }

  @Test
  @Tag("root")
  @Tag("tool")
  void a_blob_that_is_a_device_is_refused() throws IOException {
    Require.root();
    write("one", image);
    var descriptor = image.layers().getFirst().descriptor();
    Files.delete(blob(descriptor));
    Tool.required("mknod").output(blob(descriptor).toString(), "c", "1", "5");
    assertRefused(descriptor, "not a regular file");
  }

  @Test
  void what_a_writer_of_the_index_left_is_swept_and_nothing_else() throws IOException {
    write("one", image);
    var left = layout().resolve(".tmp-967b5d9d-40a7-467c-9b24-0f449d31aeb1");
    var other = layout().resolve("notes.txt");
    Files.writeString(left, "{");
    Files.writeString(other, "of somebody else");
    write("two", image);
    assertThat(left).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void an_index_that_is_a_link_to_outside_is_refused() throws IOException {
    write("one", image);
    var index = layout().resolve("index.json");
    Files.move(index, folder.resolve("elsewhere.json"));
    Files.createSymbolicLink(index, folder.resolve("elsewhere.json"));
    assertThatThrownBy(() -> store().entries()).hasMessageContaining("link to a place outside");
  }

  @Test
  void a_store_is_for_its_owner_alone_and_reading_does_not_make_it() throws IOException {
    var store = Store.open(Map.of("XDG_DATA_HOME", folder.toString()));
    assertThat(store.images().exists()).isFalse();
    assertThat(store.root()).isEqualTo(folder.resolve("ocij")).doesNotExist();
    store.create();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store.root())))
        .isEqualTo("rwx------");
  }

  @Test
  void an_empty_folder_becomes_a_store_for_its_owner_alone() throws IOException {
    var root = opened("empty");
    Store.open(root).create();
    assertThat(mode(root)).isEqualTo("rwx------");
  }

  @Test
  void a_store_in_a_folder_of_others_closes_what_could_harm_them() throws IOException {
    var root = opened("used");
    Files.writeString(root.resolve("theirs"), "");
    var store = Store.open(root);
    store.create();
    assertThat(mode(root)).isEqualTo("rwxr-xr-x");
    assertThat(List.of(store.containers(), store.volumes(), store.cache()))
        .allMatch(closed -> mode(closed).equals("rwx------"));
  }

  @Test
  @Tag("root")
  void another_user_sees_nothing_of_a_store() throws IOException {
    Require.root();
    try (var user = OrdinaryUser.withoutSubordinateIds()) {
      var root = user.home().resolve("ocij");
      var store = Store.open(root);
      store.create();
      Files.createDirectory(store.containers());
      Files.writeString(root.resolve("names"), "secret");
      assertThat(user.run("ls", root.toString()).failed().stdout()).isEmpty();
      assertThat(user.run("cat", root.resolve("names").toString()).failed().stdout()).isEmpty();
      assertThat(user.run("find", root.toString()).failed().stdout()).isEqualTo(root + "\n");
    }
  }

  private Path opened(String name) throws IOException {
    var root = Files.createDirectory(folder.resolve(name));
    return Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String mode(Path folder) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertRefused(Descriptor blob, String found) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThatThrownBy(() -> store().blobs().open(blob).close())
                .isInstanceOf(OciException.class)
                .hasMessageContaining(found));
  }

  private void write(String name, SampleImage sample) throws IOException {
    try (var sink = new LayoutTransport().openSink(layout() + ":" + name)) {
      sample.putBlobs(sink);
      sink.commit(sample.manifest());
    }
  }

  private Path blob(Descriptor descriptor) {
    return layout().resolve("blobs/sha256").resolve(descriptor.digest().hex());
  }

  private ImageStore store() {
    return ImageStore.of(layout());
  }

  private Path layout() {
    return folder.resolve("layout");
  }
}
