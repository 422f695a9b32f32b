package dev.ocij.buildah.build;

import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.plan.Origin;
import dev.ocij.buildah.plan.PlanRequest;
import dev.ocij.buildah.plan.Stage;
import dev.ocij.buildah.plan.StageGraph;
import dev.ocij.buildah.sourcepolicy.PolicyImages;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.image.Artifact;
import dev.ocij.image.Image;
import dev.ocij.image.Index;
import dev.ocij.name.Location;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.transport.Transports;
import dev.ocij.transport.local.LocalTransport;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The platforms for which every base of a build has an image.
///
/// @param judged what a source policy has in place of bases
public record BasePlatforms(Transports transports, PolicyImages judged) {
  /// In the order of the first base. A stage whose FROM says its platform asks for none.
  ///
  /// @throws OciException where the bases have none in common, or there is no base
  public List<Platform> of(List<Containerfile> files, PlanRequest plan) throws IOException {
    var instructions = files.stream().flatMap(file -> Instruction.parseAll(file).stream()).toList();
    LinkedHashSet<Platform> common = null;
    for (var stage : StageGraph.of(instructions, plan).order()) {
      var reference = base(stage);
      if (reference.isPresent()) {
        var platforms = platforms(judged.name(reference.get()));
        if (common == null) {
          common = new LinkedHashSet<>(platforms);
        }
        common.retainAll(platforms);
      }
    }
    if (common == null || common.isEmpty()) {
      var found = common == null ? "there is no base image" : "the bases have none in common";
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "find all platforms: %s; name them with --platform".formatted(found));
    }
    return List.copyOf(common);
  }

  private static Optional<String> base(Stage stage) {
    boolean fixed = stage.platform() != null && !stage.platform().isEmpty();
    return !fixed && stage.base() instanceof Origin.OfImage(var reference, _)
        ? Optional.of(reference)
        : Optional.empty();
  }

  private Set<Platform> platforms(String reference) throws IOException {
    if (transports.isLocation(reference)) {
      return platforms(Location.parse(reference));
    }
    var local = local(reference);
    if (local.isEmpty()) {
      return platforms(transports.inRegistry(reference));
    }
    return local.get().isWhole() ? local.get().platforms() : everywhere(local.get());
  }

  /// An image of the store.
  ///
  /// @param name in full
  private record Local(String name, Set<Platform> platforms) {
    /// Whether nobody else can have more of it: it is an index, or it was made here.
    boolean isWhole() {
      return platforms.size() > 1 || name.isEmpty() || name.startsWith("localhost/");
    }
  }

  /// What was pulled is for one platform; its registry may have it for others.
  private Set<Platform> everywhere(Local local) {
    try {
      return platforms(transports.inRegistry(local.name()));
    } catch (OciException | IOException _) {
      return local.platforms();
    }
  }

  private Set<Platform> platforms(Location place) throws IOException {
    try (var source = transports.openSource(place)) {
      return platforms(source.read());
    }
  }

  private static Set<Platform> platforms(Artifact artifact) {
    var all = new LinkedHashSet<Platform>();
    switch (artifact) {
      case Image image -> all.add(known(image.readConfig().platform()));
      case Index index ->
          index
              .index()
              .manifests()
              .forEach(each -> {
                var platform = each.platform();
                if (platform != null && !platform.isUnknown()) {
                  all.add(known(platform));
                }
              });
    }
    return all;
  }

  /// What --platform can say of it.
  private static Platform known(Platform platform) {
    return Platform.parse(platform.toString());
  }

  private Optional<Local> local(String reference) throws IOException {
    for (var name : names(reference)) {
      try (var source = transports.openSource(LocalTransport.location(name))) {
        var full = source.identity().reference();
        return Optional.of(
            new Local(full == null ? "" : full.toString(), platforms(source.read())));
      } catch (OciException e) {
        if (e.category() != OciException.Category.NOT_FOUND) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  private List<String> names(String reference) {
    return Stream.concat(Stream.of(reference), transports.fullNames(reference).stream()).toList();
  }
}
