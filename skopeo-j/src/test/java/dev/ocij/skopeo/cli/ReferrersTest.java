package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Json;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.MemoryRegistry;
import dev.ocij.testing.MemoryRegistry.Trait;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signatures, attestations and bills of material go with an image and with each of its instances,
/// where a registry lists referrers, where a tag does, and through layouts.
@Tag("tool")
class ReferrersTest {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String EMPTY =
      "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
  private static StartImages start;
  private static Document index;
  private static Document member;
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void an_image() throws IOException {
    start = StartImages.in(shared);
    try (var source =
        new LayoutTransport().openSource(start.oci(StartImages.INDEX).substring("oci:".length()))) {
      index = source.document();
      var entries = Json.readTree(index.bytes(), "index").path("manifests");
      member = source.member(Json.mapper().treeToValue(entries.path(0), Descriptor.class));
    }
  }

  @Test
  void go_from_a_registry_through_a_layout_to_registries_of_both_kinds() throws Exception {
    try (var first = MemoryRegistry.with(Trait.REFERRERS);
        var debian = DockerRegistry.open();
        var last = MemoryRegistry.with(Trait.REFERRERS)) {
      seed(first.host());
      copy(docker(first.host()), layout());
      copy(layout(), docker(debian.host()));
      copy(docker(debian.host()), docker(last.host()));
      for (var host : List.of(debian.host(), last.host())) {
        assertThat(referrers(host, index.digest().toString())).hasSize(1);
        assertThat(referrers(host, member.digest().toString())).hasSize(2);
        for (var signed : referrers(host, member.digest().toString())) {
          assertThat(referrers(host, signed)).hasSize(signed.equals(sbom()) ? 1 : 0);
        }
        assertThat(get(host, "manifests/" + tag(member) + ".att").statusCode()).isEqualTo(200);
      }
      assertThat(get(last.host(), "manifests/" + tag(member)).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void stay_behind_unless_they_are_asked_for() throws Exception {
    try (var first = MemoryRegistry.with(Trait.REFERRERS);
        var second = MemoryRegistry.with(Trait.REFERRERS)) {
      seed(first.host());
      SkopeoLine.copy(docker(first.host()), docker(second.host()), "--all").succeeded();
      assertThat(referrers(second.host(), member.digest().toString())).isEmpty();
      assertThat(first.requests()).noneMatch(request -> request.contains("referrers"));
    }
  }

  @Test
  void keep_the_entries_of_others_in_the_list_under_a_tag() throws Exception {
    try (var first = MemoryRegistry.with(Trait.REFERRERS);
        var second = MemoryRegistry.with()) {
      seed(first.host());
      blob(second.host());
      SkopeoLine.copy(docker(first.host()), docker(second.host()), "--all").succeeded();
      var other = manifest("example/other", member);
      put(second.host(), Document.of(other, "").digest().toString(), MANIFEST, other);
      var list =
          """
          {"schemaVersion":2,"mediaType":"%s","manifests":[%s]}\
          """
              .formatted(INDEX, descriptor(other));
      put(second.host(), tag(member), INDEX, list.getBytes(StandardCharsets.UTF_8));
      copy(docker(first.host()), docker(second.host()));
      copy(docker(first.host()), docker(second.host()));
      assertThat(referrers(second.host(), member.digest().toString()))
          .hasSize(3)
          .contains(Document.of(other, "").digest().toString());
    }
  }

  @Test
  void a_layout_is_still_one_image_for_those_who_name_none() throws Exception {
    try (var first = MemoryRegistry.with(Trait.REFERRERS)) {
      seed(first.host());
      copy(docker(first.host()), "oci:" + folder + "/only");
      SkopeoLine.copy("oci:" + folder + "/only", "dir:" + folder + "/dir", "--all").succeeded();
    }
  }

  /// Its content has the type of a layer without compression, which an image's would lose here.
  @Test
  void an_artifact_keeps_its_bytes() throws Exception {
    try (var first = MemoryRegistry.with()) {
      blob(first.host());
      var artifact =
          new String(manifest("example/artifact", null), StandardCharsets.UTF_8)
              .replaceFirst(
                  "(layers\":\\[\\{\"mediaType\":\")[^\"]*",
                  "$1application/vnd.oci.image.layer.v1.tar")
              .getBytes(StandardCharsets.UTF_8);
      put(first.host(), "t", MANIFEST, artifact);
      copy(docker(first.host()), layout());
      copy(layout(), docker(first.host()).replace(":t", ":again"));
      assertThat(get(first.host(), "manifests/again").body())
          .isEqualTo(new String(artifact, StandardCharsets.UTF_8));
    }
  }

  @Test
  void are_refused_where_they_cannot_be_held_or_would_be_about_another() throws Exception {
    try (var first = MemoryRegistry.with(Trait.REFERRERS)) {
      seed(first.host());
      var line = new String[] {"--all", "--referrers"};
      assertThat(
              SkopeoLine.copy(docker(first.host()), "dir:" + folder + "/dir", line)
                  .failed()
                  .stderr())
          .contains("store a referrer: this destination has no place for it");
      assertThat(
              SkopeoLine.copy(
                      docker(first.host()), layout(), "--all", "--referrers", "--format=v2s2")
                  .failed()
                  .stderr())
          .contains("what is attached to it would be about another");
    }
  }

  /// The image with an index's signature, a member's bill of material, its signature and that of
  /// the member, and an attestation under a tag.
  private void seed(String host) throws Exception {
    SkopeoLine.copy(start.oci(StartImages.INDEX), docker(host), "--all").succeeded();
    blob(host);
    attach(host, manifest("example/signature", index));
    attach(host, manifest("example/signature", member));
    var sbom = manifest("example/sbom", member);
    attach(host, sbom);
    attach(host, manifest("example/signature", Document.of(sbom, "")));
    put(host, tag(member) + ".att", MANIFEST, manifest("example/attestation", null));
  }

  private static String sbom() {
    return Document.of(manifest("example/sbom", member), "").digest().toString();
  }

  private void attach(String host, byte[] manifest) throws Exception {
    put(host, Document.of(manifest, "").digest().toString(), MANIFEST, manifest);
  }

  private static byte[] manifest(String type, @Nullable Document subject) {
    var about =
        subject == null
            ? ""
            : ",\"subject\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
                .formatted(subject.mediaType(), subject.digest(), subject.bytes().length);
    var empty =
        "{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\"%s\",\"size\":2}"
            .formatted(EMPTY);
    return """
    {"schemaVersion":2,"mediaType":"%s","artifactType":"%s","config":%s,"layers":[%s]%s}\
    """
        .formatted(MANIFEST, type, empty, empty, about)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String descriptor(byte[] manifest) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(MANIFEST, Document.of(manifest, "").digest(), manifest.length);
  }

  /// What the registry lists, or the tag does.
  private Set<String> referrers(String host, String subject) throws Exception {
    var found = new TreeSet<String>();
    var next = "referrers/" + subject;
    while (!next.isEmpty()) {
      var page = get(host, next);
      next = page.headers().firstValue("Link").map(ReferrersTest::next).orElse("");
      var body = page;
      if (page.statusCode() == 404) {
        body = get(host, "manifests/" + subject.replace(':', '-'));
      }
      entries(body.body()).forEach(entry -> found.add(entry.path("digest").asText()));
    }
    return found;
  }

  private static JsonNode entries(String body) {
    return Json.readTree(body.getBytes(StandardCharsets.UTF_8), "list").path("manifests");
  }

  private static String next(String link) {
    return link.substring(link.indexOf("referrers/"), link.indexOf('>'));
  }

  private void blob(String host) throws Exception {
    var begun =
        send(host, "blobs/uploads/", HttpRequest.newBuilder().POST(BodyPublishers.noBody()));
    var location = begun.headers().firstValue("Location").orElseThrow();
    var path = location.substring(location.indexOf("/v2/") + "/v2/app/".length());
    var url = path + (path.contains("?") ? "&" : "?") + "digest=" + EMPTY;
    send(host, url, HttpRequest.newBuilder().PUT(BodyPublishers.ofString("{}")));
  }

  private void put(String host, String reference, String type, byte[] body) throws Exception {
    var request = HttpRequest.newBuilder().PUT(BodyPublishers.ofByteArray(body));
    var answer = send(host, "manifests/" + reference, request.header("Content-Type", type));
    assertThat(answer.statusCode()).isEqualTo(201);
  }

  private HttpResponse<String> get(String host, String path) throws Exception {
    return send(host, path, HttpRequest.newBuilder().header("Accept", MANIFEST + ", " + INDEX));
  }

  private HttpResponse<String> send(String host, String path, HttpRequest.Builder request)
      throws Exception {
    var uri = URI.create("http://" + host + "/v2/app/" + path);
    return http.send(request.uri(uri).build(), BodyHandlers.ofString());
  }

  private static String tag(Document manifest) {
    return manifest.digest().toString().replace(':', '-');
  }

  private static void copy(String from, String to) {
    SkopeoLine.copy(from, to, "--all", "--referrers", "--digest-tags").succeeded();
  }

  private String layout() {
    return "oci:" + folder + "/layout:t";
  }

  private static String docker(String host) {
    return "docker://" + host + "/app:t";
  }
}
