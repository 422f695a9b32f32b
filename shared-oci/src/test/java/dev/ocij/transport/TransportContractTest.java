package dev.ocij.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.config.Environment;
import dev.ocij.image.Blob;
import dev.ocij.image.CorruptBlobException;
import dev.ocij.image.Parallel;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.store.Store;
import dev.ocij.testing.DockerDaemon;
import dev.ocij.transport.archive.DockerArchiveTransport;
import dev.ocij.transport.archive.OciArchiveTransport;
import dev.ocij.transport.daemon.DaemonTransport;
import dev.ocij.transport.directory.DirectoryTransport;
import dev.ocij.transport.layout.LayoutTransport;
import dev.ocij.transport.local.LocalTransport;
import dev.ocij.transport.memory.MemoryTransport;
import dev.ocij.transport.registry.RegistryOptions;
import dev.ocij.trust.Signature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every transport that writes, whatever the medium.
@ParameterizedClass
@MethodSource("places")
class TransportContractTest {
  @AutoClose private static DockerDaemon daemon;
  @TempDir private static Path shared;
  private final Place place;
  @TempDir Path folder;
  private Transport transport;
  private String rest;
  private SampleImage image;

  /// A transport and where its image is.
  record Place(
      String name,
      Function<Path, Transport> transport,
      Function<Path, String> rest,
      boolean docker,
      boolean replaces) {
    @Override
    public String toString() {
      return name;
    }
  }

  TransportContractTest(Place place) {
    this.place = place;
  }

  static Stream<Place> places() {
    return Stream.of(
        new Place("oci", _ -> new LayoutTransport(), f -> f + "/layout:v1", false, true),
        new Place("dir", _ -> new DirectoryTransport(), f -> f + "/dir", false, true),
        new Place(
            "containers-storage",
            f -> new LocalTransport(Store.open(f.resolve("store"))),
            _ -> "localhost/sample:v1",
            false,
            true),
        new Place(
            "oci-archive", f -> new OciArchiveTransport(f), f -> f + "/a.tar:v1", false, true),
        new Place(
            "docker-archive",
            f -> new DockerArchiveTransport(f, List.of()),
            f -> f + "/d.tar:sample:v1",
            true,
            false),
        new Place(
            "docker-daemon",
            f -> new DaemonTransport(daemon.host(), daemonOptions(), f),
            f -> "sample:" + f.getFileName(),
            true,
            true),
        new Place("memory", _ -> new MemoryTransport(), _ -> "sample", false, true));
  }

  @BeforeAll
  static void a_daemon() {
    daemon = DockerDaemon.open(shared);
  }

  private static RegistryOptions daemonOptions() {
    return RegistryOptions.of(Environment.system());
  }

  @BeforeEach
  void open() {
    transport = place.transport().apply(folder);
    rest = place.rest().apply(folder);
    image = sample(1);
  }

  @Test
  void a_committed_image_is_read_back_byte_for_byte() throws IOException {
    write(image);
    try (var source = transport.openSource(rest)) {
      assertThat(source.document().digest()).isEqualTo(written(source, image));
      for (var blob : image.blobs()) {
        assertThat(source.blob(blob.descriptor()).open()).hasSameContentAs(blob.open());
      }
    }
  }

  @Test
  void putting_a_blob_twice_is_the_same_as_once() throws IOException {
    try (var sink = transport.openSink(rest)) {
      image.putBlobs(sink);
      image.putBlobs(sink);
      sink.commit(image.manifest());
    }
    assertReadable(image);
  }

  @Test
  void many_threads_put_at_once() throws IOException {
    var blobs = new ArrayList<Blob.Known>();
    Collections.nCopies(8, image.blobs()).forEach(blobs::addAll);
    try (var sink = transport.openSink(rest)) {
      Parallel.map(blobs, 8, sink::put);
      sink.commit(image.manifest());
    }
    assertReadable(image);
  }

  @Test
  void a_blob_that_is_not_its_digest_is_refused() throws IOException {
    var wrong = new byte[70_000];
    var layer = image.layers().getFirst();
    try (var sink = transport.openSink(rest)) {
      assertThatThrownBy(() ->
              sink.put(new Blob.Known(layer.descriptor(), () -> new ByteArrayInputStream(wrong))))
          .isInstanceOf(CorruptBlobException.class);
      sink.put(image.layers().getLast());
      sink.put(image.config());
      assertThatThrownBy(() -> sink.commit(image.manifest()))
          .isInstanceOf(OciException.class)
          .hasMessageContaining(layer.descriptor().digest().hex());
    }
    assertAbsent();
  }

  @Test
  void a_manifest_whose_blob_is_missing_is_refused() throws IOException {
    try (var sink = transport.openSink(rest)) {
      sink.put(image.config());
      sink.put(image.layers().getFirst());
      assertThatThrownBy(() -> sink.commit(image.manifest()))
          .isInstanceOf(OciException.class)
          .hasMessageContaining(image.layers().getLast().descriptor().digest().hex());
    }
    assertAbsent();
  }

  @Test
  void nothing_is_visible_without_a_commit() throws IOException {
    try (var sink = transport.openSink(rest)) {
      image.putBlobs(sink);
    }
    assertAbsent();
  }

  @Test
  void another_image_takes_the_place_only_at_the_commit() throws IOException {
    if (!place.replaces()) {
      write(image);
      assertThatThrownBy(() -> transport.openSink(rest).close())
          .hasMessageContaining("doesn't support modifying existing images");
      return;
    }
    var other = sample(2);
    write(image);
    try (var sink = transport.openSink(rest)) {
      other.putBlobs(sink);
      assertReadable(image);
      sink.commit(other.manifest());
    }
    assertReadable(other);
  }

  @Test
  void an_image_that_was_given_up_leaves_the_one_before() throws IOException {
    if (place.replaces()) {
      write(image);
      try (var sink = transport.openSink(rest)) {
        sample(2).putBlobs(sink);
      }
      assertReadable(image);
    }
  }

  @Test
  void a_fresh_blob_gets_the_digest_of_its_bytes() throws IOException {
    var layer = image.layers().getFirst();
    try (var sink = transport.openSink(rest)) {
      var put = sink.put(new Blob.Fresh(layer.mediaType(), layer, layer.opener()));
      assertThat(put).isEqualTo(layer.descriptor());
    }
  }

  @Test
  void an_index_is_read_back_with_its_members() throws IOException {
    if (place.docker()) {
      assertThatThrownBy(() -> writeIndex(image)).isInstanceOf(OciException.class);
      return;
    }
    writeIndex(image, sample(2));
    try (var source = transport.openSource(rest)) {
      var member = source.member(image.manifest().descriptor());
      assertThat(member.bytes()).isEqualTo(image.manifest().bytes());
      assertThat(source.document().mediaType()).isEqualTo(MediaType.OCI_INDEX);
    }
  }

  @Test
  void an_index_may_name_what_is_left_out_where_that_is_said() throws IOException {
    var other = sample(2);
    try (var sink = transport.openSink(rest)) {
      image.putBlobs(sink);
      var index = SampleImage.index(List.of(image, other));
      if (sink.takesSparseIndexes()) {
        sink.putMember(image.manifest());
        assertThatThrownBy(() -> sink.commit(index))
            .isInstanceOf(OciException.class)
            .hasMessageContaining(other.manifest().digest().hex());
        sink.leaveOut(other.manifest().digest());
        assertThat(sink.commit(index).digest()).isEqualTo(index.digest());
      } else {
        sink.leaveOut(other.manifest().digest());
        assertThatThrownBy(
                () -> {
                  sink.putMember(image.manifest());
                  sink.commit(index);
                })
            .isInstanceOf(OciException.class);
      }
    }
  }

  @Test
  void signatures_are_kept_or_refused_as_said() throws IOException {
    for (var signature : List.of(sigstore(), new Signature.Simple(new byte[] {(byte) 0x90, 1}))) {
      try (var sink = transport.openSink(rest)) {
        image.putBlobs(sink);
        if (sink.accepts().signatures().contains(signature.getClass())) {
          sink.putSignatures(image.manifest().digest(), List.of(signature));
          sink.commit(image.manifest());
          assertSigned(signature);
        } else {
          assertThatThrownBy(
                  () -> sink.putSignatures(image.manifest().digest(), List.of(signature)))
              .isInstanceOf(OciException.class)
              .hasMessageStartingWith("Can not copy signatures to ");
        }
      }
    }
  }

  @Test
  void signatures_of_an_image_that_is_there_are_added_or_refused() throws IOException {
    write(image);
    var bundle = new Signature.Bundle(new byte[] {'{', '}'}, Map.of("a", "b"));
    var added = List.of(sigstore(), bundle);
    try {
      transport.addSignatures(rest, image.manifest(), added);
    } catch (OciException e) {
      assertThat(e).hasMessageContaining("sign while copying");
      return;
    }
    assertSigned(sigstore());
    try (var source = transport.openSource(rest)) {
      assertThat(source.referring(image.manifest().digest()))
          .singleElement()
          .usingRecursiveComparison()
          .isEqualTo(bundle);
    }
    assertReadable(image);
  }

  @Test
  void what_is_not_there_is_not_found() {
    assertAbsent();
  }

  private SampleImage sample(int seed) {
    return place.docker() ? SampleImage.docker(seed) : SampleImage.oci(seed);
  }

  private void write(SampleImage sample) throws IOException {
    try (var sink = transport.openSink(rest)) {
      sample.putBlobs(sink);
      sink.commit(sample.manifest());
    }
  }

  private void writeIndex(SampleImage... members) throws IOException {
    try (var sink = transport.openSink(rest)) {
      for (var member : members) {
        member.putBlobs(sink);
        sink.putMember(member.manifest());
      }
      sink.commit(SampleImage.index(List.of(members)));
    }
  }

  private void assertReadable(SampleImage expected) throws IOException {
    try (var source = transport.openSource(rest)) {
      assertThat(source.document().digest()).isEqualTo(written(source, expected));
      for (var blob : expected.blobs()) {
        assertThat(source.blob(blob.descriptor()).open()).hasSameContentAs(blob.open());
      }
    }
  }

  /// A docker archive keeps no manifest: it is made again from the configuration.
  private Digest written(Source source, SampleImage sample) throws IOException {
    return place.docker() ? source.document().digest() : sample.manifest().digest();
  }

  private void assertAbsent() {
    assertThatThrownBy(() -> transport.openSource(rest).close())
        .isInstanceOfSatisfying(
            OciException.class,
            e ->
                assertThat(e.category())
                    .isIn(OciException.Category.NOT_FOUND, OciException.Category.IO));
  }

  private void assertSigned(Signature expected) throws IOException {
    try (var source = transport.openSource(rest)) {
      var found = source.signatures(image.manifest().digest());
      assertThat(found).hasSize(1).first().usingRecursiveComparison().isEqualTo(expected);
    }
  }

  private static Signature sigstore() {
    return new Signature.Sigstore(
        Signature.Sigstore.PAYLOAD_TYPE,
        "{\"critical\":{}}".getBytes(StandardCharsets.UTF_8),
        Map.of(Signature.Sigstore.SIGNATURE_ANNOTATION, "c2ln", "other", "value"));
  }
}
