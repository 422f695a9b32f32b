package dev.ocij.buildah.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.container.MountedTree;
import dev.ocij.buildah.container.WorkingContainer;
import dev.ocij.buildah.container.WorkingContainers;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.template.GoJson;
import dev.ocij.term.template.GoTemplate;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `inspect NAME`: what an image is.
public final class InspectCommand implements Command {
  private final Options options =
      Options.of(this, "Show what a working container or an image is.").stoppingAtFirstArgument();
  private final Supplier<List<String>> names = options.arguments("NAME", 0, "a name or an id");
  private final Supplier<Optional<String>> format =
      options.text("-f, --format", "TEMPLATE", "print this of it");
  private final Supplier<Optional<String>> type =
      options.text("-t, --type", "container|image", "what is meant");
  private final StoreFlags store;

  public InspectCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var name = OrderedArguments.only(names.get(), "container or image name must be specified");
    var shown = inspection(name);
    options
        .out()
        .println(
            format
                .get()
                .map(text -> GoTemplate.parse(text).render(GoFields.of(shown)))
                .orElseGet(() -> GoJson.indented(shown, 4)));
    return ExitCode.OK;
  }

  /// A container where there is one; else an image, unless only a container is meant.
  private ObjectNode inspection(String name) throws IOException {
    return switch (type.get().orElse("")) {
      case "image" -> image(name);
      case "container" -> container(new WorkingContainers(store.store()).find(name));
      case "" -> {
        var found =
            new WorkingContainers(store.store())
                .list().stream()
                    .filter(each -> each.name().equals(name) || each.id().startsWith(name))
                    .findFirst();
        yield found.isPresent() ? container(found.get()) : image(name);
      }
      case String other ->
          throw OrderedArguments.usage(
              "the only recognized types are \"container\" and \"image\", not " + Quoted.of(other));
    };
  }

  private ObjectNode image(String name) throws IOException {
    var found = new LocalImages(store.store()).find(name);
    if (found.config() == null) {
      throw OrderedArguments.usage("inspect %s: it is no single image".formatted(Quoted.of(name)));
    }
    return ImageInspection.of(found, store.store().images().blobs().read(found.id()));
  }

  private ObjectNode container(WorkingContainer container) throws IOException {
    var blobs = store.store().images().blobs();
    var base = container.base();
    var config = base.id() == null ? new byte[0] : blobs.read(base.id());
    var manifest = base.manifest() == null ? new byte[0] : blobs.read(base.manifest());
    boolean mounted = MountedTree.isMounted(container, store.store());
    var place = mounted ? MountedTree.place(container, store.store()).toString() : "";
    return ImageInspection.of(container, config, manifest, place);
  }
}
