package dev.ocij.buildah.build;

import dev.ocij.buildah.base.BaseImage;
import dev.ocij.buildah.contents.Bill;
import dev.ocij.buildah.contents.BillFormat;
import dev.ocij.buildah.contents.BillSubject;
import dev.ocij.buildah.contents.ImageContents;
import dev.ocij.buildah.contents.PackageUrl;
import dev.ocij.buildah.context.Downloads;
import dev.ocij.buildah.overlay.ContentDigest;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.BuildArguments;
import dev.ocij.buildah.provenance.Materials;
import dev.ocij.buildah.provenance.Provenance;
import dev.ocij.buildah.provenance.Resource;
import dev.ocij.buildah.provenance.Said;
import dev.ocij.name.Reference;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What one build saw, and what it says of its image: what it was made of, and what is in it.
public final class Testimony {
  private static final String SHA256 = "sha256";

  /// Of the files of a context: names, kinds, modes, links and contents, as docs/attestations.md
  /// says.
  private static final String CONTENT = "ocijContent";

  private final BuildRequest request;
  private final Clock clock;
  private final Instant started;
  private final Materials materials = new Materials();
  private final Map<String, CopySource> contexts = new ConcurrentHashMap<>();

  Testimony(BuildRequest request, Clock clock) {
    this.request = request;
    this.clock = clock;
    this.started = clock.instant();
  }

  /// A base, or an image that files were taken from.
  ///
  /// @param named as the Containerfile names it
  void took(String named, BaseImage image, Platform platform) {
    var uri =
        image.name().isEmpty()
            ? ""
            : PackageUrl.ofImage(Reference.parse(image.name()), platform.toString());
    var digest = image.manifest();
    var digests =
        digest == null
            ? Map.<String, String>of()
            : Map.of(digest.algorithm().prefix(), digest.hex());
    materials.add(new Resource(uri.isEmpty() ? withoutFolders(named) : "", uri, digests));
  }

  /// Where something is on the machine of the build tells others nothing.
  private static String withoutFolders(String location) {
    return location.replaceFirst("^([a-z-]+:).*/", "$1");
  }

  /// Files that something was taken from.
  void took(String name, CopySource context) {
    contexts.put(name, context);
  }

  /// All that was asked for.
  ///
  /// @param downloads with what came from elsewhere
  /// @param written the bill that was written down; null for none
  List<Said> of(
      StageImage image, Digest id, StageLayers layers, Downloads downloads, @Nullable Bill written)
      throws IOException {
    var said = new ArrayList<Said>();
    said.addAll(request.say().bills(written, image, id, layers));
    var origins = request.say().provenance();
    if (origins != null) {
      for (var each : downloads.fetched()) {
        materials.add(Resource.of("", each.uri(), each.algorithm(), each.hex()));
      }
      for (var context : contexts.entrySet()) {
        materials.add(content(context.getKey(), context.getValue()));
      }
      said.add(provenance(origins).said());
    }
    return said;
  }

  /// The bill of a finished image that is written down.
  static Bill bill(BillFormat format, StageImage image, StageLayers layers) throws IOException {
    var id = image.toImage(MediaType.OCI_MANIFEST).manifest().config().digest();
    return Bill.of(bills(List.of(format), image, id, layers).getFirst().predicate());
  }

  /// The bills of an image.
  public static List<Said> bills(
      List<BillFormat> formats, StageImage image, Digest id, StageLayers layers)
      throws IOException {
    if (formats.isEmpty()) {
      return List.of();
    }
    var created = image.config().created();
    var subject =
        new BillSubject("image-" + id.shortHex(), id, created == null ? Instant.EPOCH : created);
    var contents = ImageContents.of(layers.tree(image.layers()));
    return formats.stream()
        .map(format -> new Said(format.predicateType(), format.write(subject, contents)))
        .toList();
  }

  private static Resource content(String name, CopySource context) throws IOException {
    var items = context.list("").stream().map(ContentDigest.Item::of).toList();
    var digest = ContentDigest.of(context, items, _ -> false);
    return Resource.of(name, "", CONTENT, digest.hex());
  }

  private Provenance provenance(SayRequest.Origins origins) {
    return new Provenance(
        request.files().stream()
            .map(file -> containerfile(file.file().name(), file.file().text()))
            .toList(),
        parameters(origins),
        materials.sorted(),
        origins.builder(),
        started,
        clock.instant());
  }

  private static Resource containerfile(String name, String text) {
    var digest = Digest.of(text.getBytes(StandardCharsets.UTF_8));
    return Resource.of(String.valueOf(Path.of(name).getFileName()), "", SHA256, digest.hex());
  }

  /// Values of arguments may be secrets, and proxies have no place in what others read.
  private Map<String, Object> parameters(SayRequest.Origins origins) {
    var arguments = new TreeMap<>(request.plan().buildArguments());
    arguments.keySet().removeIf(BuildArguments::isProxy);
    var parameters = new TreeMap<String, Object>();
    parameters.put("platform", request.platform().toString());
    parameters.put("buildArgs", origins.values() ? arguments : new ArrayList<>(arguments.keySet()));
    if (request.plan().target() != null) {
      parameters.put("target", request.plan().target());
    }
    return parameters;
  }
}
