package dev.ocij.buildah.cli;

import dev.ocij.buildah.base.Pull;
import dev.ocij.buildah.build.Delivery;
import dev.ocij.buildah.build.SayRequest;
import dev.ocij.buildah.container.AddedFile;
import dev.ocij.buildah.container.Commit;
import dev.ocij.buildah.container.OpenContainer;
import dev.ocij.buildah.container.WorkingContainer;
import dev.ocij.buildah.container.WorkingContainers;
import dev.ocij.buildah.contents.BillFormat;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.name.Location;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ConsoleProgress;
import dev.ocij.term.EncryptFlags;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LaterFlags;
import dev.ocij.term.LocalFile;
import dev.ocij.term.OpenPgpKeyFlags;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalImages;
import dev.ocij.transport.local.LocalTransport;
import dev.ocij.transport.local.ManifestLists;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `commit CONTAINER [IMAGE]`: makes an image of a working container.
public final class CommitCommand implements Command {
  private final Options options =
      Options.of(this, "Make an image of a working container.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("CONTAINER", 0, "then a name, or transport:reference, for the image");
  private final Supplier<Optional<String>> idFile =
      options.text("--iidfile", "PATH", "write the image's id here");
  private final Supplier<Optional<String>> list =
      options.text("--manifest", "LIST", "put the image into this list, which is made if need be");
  private final Supplier<Optional<String>> format = Formats.option(options);
  private final Supplier<List<String>> changes =
      options.texts("-c, --change", "INSTRUCTION", "change the configuration at last");
  private final Supplier<List<String>> files =
      options.texts("--add-file", "PATH[:PATH]", "put this file into the image, too");
  private final Supplier<Optional<String>> config =
      options.text("--config", "PATH", "merge this JSON into the configuration");
  private final EncryptFlags encrypt = new EncryptFlags(options);
  private final BooleanSupplier squash =
      options.flag("--squash", "make one layer of all, those of the base included");
  private final BooleanSupplier rm = options.flag("--rm", "remove the container afterwards");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "tell no progress");
  private final OpenPgpKeyFlags signBy = new OpenPgpKeyFlags(options);
  private final TimeFlags times = TimeFlags.ofCommit(options);
  private final FinishFlags finish = FinishFlags.ofCommit(options);
  private final Supplier<List<String>> bills =
      options.texts("--sbom", "spdx|cyclonedx|PRESET", "attach a bill of the contents");
  private final WrittenBillFlags written = new WrittenBillFlags(options);
  private final Supplier<Optional<String>> pull;
  private final LaterFlags later;
  private final Toolbox tools;

  public CommitCommand(StoreFlags store) {
    this.tools = new Toolbox(options, store);
    RetryFlags.accept(options);
    pull = options.attachedText("--pull", "always|…", "true", "when to fetch a scanner's image");
    options.flag("-D, --disable-compression", "accepted; places that take plain layers get them");
    later =
        new LaterFlags(options)
            .values("--compression-format", "--compression-level")
            .switches("--force-compression");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    later.refuse();
    var given = OrderedArguments.of(words.get());
    if (given.isEmpty()) {
      throw OrderedArguments.usage("container ID must be specified");
    }
    if (given.size() > 2) {
      throw OrderedArguments.usage("too many arguments specified");
    }
    var containers = new WorkingContainers(tools.store());
    try (var container = containers.open(given.getFirst())) {
      var target = target(given);
      var id = commit(container, target);
      addToList(id, container.state());
      tell(id, target);
      if (rm.getAsBoolean()) {
        containers.remove(container);
      }
      return ExitCode.OK;
    }
  }

  private SayRequest say() {
    var formats = new LinkedHashSet<BillFormat>();
    for (var value : bills.get()) {
      BillFlag.parse(value).ifPresent(formats::add);
    }
    return new SayRequest(List.copyOf(formats), null, null, written.request(bills.get(), formats));
  }

  /// Without a word the image is fetched where it is not here.
  private Pull pull() {
    var given = pull.get().orElse("missing");
    return given.equals("true") ? Pull.NEWER : Pull.parse(given);
  }

  private Digest commit(OpenContainer container, Location target) throws IOException {
    try (var scanners = new ScannerImages(tools, pull())) {
      var committed = commit(container, target, scanners);
      written.write(committed.bill());
      return committed.id();
    }
  }

  private Commit.Committed commit(OpenContainer container, Location target, ScannerImages scanners)
      throws IOException {
    var stamp = times.times(System.getenv());
    var commit =
        new Commit(
            squash.getAsBoolean(),
            finish.finish(stamp.created() != null, null),
            stamp,
            changes.get(),
            files.get().stream().map(AddedFile::parse).toList(),
            config.get().map(CommitCommand::configuration).orElse(null),
            say(),
            scanners);
    boolean docker = Formats.isDocker(format, container.state().docker());
    var progress = quiet.getAsBoolean() ? Progress.SILENT : new ConsoleProgress(options.err());
    var delivery =
        new Delivery(
            tools.transports(),
            progress,
            encrypt.applied(Fit.AS_IT_IS.withDocker(docker)),
            signBy.signers());
    return commit.commit(container, delivery, List.of(target));
  }

  private static ContainerConfig configuration(String file) {
    return Json.read(
        LocalFile.read(file), ContainerConfig::from, "configuration " + Quoted.of(file));
  }

  private void addToList(Digest id, WorkingContainer container) throws IOException {
    if (list.get().isPresent()) {
      var image = new LocalImages(tools.store()).find(id.hex()).document().descriptor();
      var lists = new ManifestLists(tools.store());
      lists.create(list.get().get(), true, Map.of());
      lists.add(list.get().get(), List.of(image.withPlatform(container.config().platform())));
    }
  }

  /// An image that is not in the store has no id that anybody could use.
  private void tell(Digest id, Location target) {
    idFile
        .get()
        .ifPresentOrElse(
            file -> LocalFile.write(file, id.toString().getBytes(StandardCharsets.US_ASCII)),
            () -> {
              if (target.transport().equals(LocalTransport.NAME)) {
                options.out().println(id.hex());
              }
            });
  }

  private Location target(List<String> given) {
    return given.size() < 2
        ? LocalTransport.location("")
        : LocalNames.target(given.getLast(), tools.transports());
  }
}
