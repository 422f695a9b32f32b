package dev.ocij.buildah.container;

import dev.ocij.buildah.build.StageFiles;
import dev.ocij.buildah.overlay.Additions;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.layer.Owner;
import dev.ocij.runtime.Accounts;
import dev.ocij.runtime.ContainerRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a command begins. It is there before the command is, for its user, and stays.
record StartDirectory(OpenContainer container, StageLayers layers, ContainerRequest request) {
  /// Makes it where it is not there.
  void make() throws IOException {
    var changing = Changing.of(container, layers);
    var tree = layers.tree(changing.below());
    var config = container.state().config().config();
    var user =
        Accounts.of(new StageFiles(tree))
            .find(either(request.user(), config.user(), ""), request.groups(), request.umask())
            .user();
    var additions = new Additions(tree, Instant.now());
    var path = either(request.cwd(), config.workingDir(), "/");
    additions.makeDirectories(path.replaceFirst("^/+", ""), new Owner(user.uid(), user.gid()));
    if (!additions.isEmpty()) {
      changing.add(layers.write(layer -> additions.write(layer, entry -> entry)));
    }
  }

  private static String either(@Nullable String wish, @Nullable String own, String otherwise) {
    return Objects.requireNonNullElse(wish, Objects.requireNonNullElse(own, otherwise));
  }
}
