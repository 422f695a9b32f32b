package dev.ocij.buildah.cli;

import dev.ocij.copy.Beside;
import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.copy.Selection;
import dev.ocij.name.Location;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ConsoleProgress;
import dev.ocij.term.EncryptFlags;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.OpenPgpKeyFlags;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.Transports;
import dev.ocij.transport.directory.DirectoryTransport.Layers;
import dev.ocij.transport.local.LocalImage;
import dev.ocij.transport.local.LocalImages;
import dev.ocij.transport.local.LocalTransport;
import dev.ocij.trust.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `push IMAGE [DESTINATION]`: copies an image of the store to another place.
public final class PushCommand implements Command {
  private final Options options = Options.of(this, "Copy an image of the store to another place.");
  private final Supplier<String> image = options.argument("IMAGE", "a name or an id");
  private final Supplier<List<String>> destination =
      options.arguments("DESTINATION", 0, "transport:reference; default: the registry it names");
  private final BooleanSupplier all = options.flag("--all", "all images of an index");
  private final CompressionFlags compression = new CompressionFlags(options);
  private final Supplier<Optional<String>> digestFile =
      options.text("--digestfile", "PATH", "write the digest of the manifest here");
  private final Supplier<Optional<String>> format =
      options.text("-f, --format", "oci|v2s1|v2s2", "convert to this manifest type");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "tell no progress");
  private final BooleanSupplier removeSignatures =
      options.flag("--remove-signatures", "leave signatures behind");
  private final BooleanSupplier rm = options.flag("--rm", "remove the image afterwards");
  private final OpenPgpKeyFlags signBy = new OpenPgpKeyFlags(options);
  private final PushSayFlags say = new PushSayFlags(options, signBy);
  private final EncryptFlags encrypt = new EncryptFlags(options);
  private final StoreFlags store;
  private final Toolbox tools;

  private BooleanSupplier compress = () -> false;

  public PushCommand(StoreFlags store) {
    options.flag("-D, --disable-compression", "accepted; places that take plain layers get them");
    options.flag("--disable-content-trust", "accepted; it means nothing here");
    RetryFlags.accept(options);
    this.store = store;
    this.tools = new Toolbox(options, store);
  }

  /// The same, with podman's further options.
  public static PushCommand ofPodman(StoreFlags store) {
    var command = new PushCommand(store);
    command.signBy.withSequoia();
    command.compress =
        command.options.flag("--compress", "compress the layers of a dir: destination");
    return command;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var images = new LocalImages(store.store());
    var found = images.find(image.get());
    var transports =
        tools.transports(compress.getAsBoolean() ? Layers.COMPRESSED : Layers.AS_THEY_ARE);
    var progress = quiet.getAsBoolean() ? Progress.SILENT : new ConsoleProgress(options.err());
    var copied = new Copier(transports, transports, progress).copy(request(found, transports));
    digestFile
        .get()
        .ifPresent(file ->
            LocalFile.write(file, copied.digest().toString().getBytes(StandardCharsets.US_ASCII)));
    if (rm.getAsBoolean()) {
      images.remove(image.get(), true);
    }
    return ExitCode.OK;
  }

  private CopyRequest request(LocalImage found, Transports transports) throws IOException {
    var from = LocalTransport.location(image.get());
    var to = destination(found, transports);
    var selection =
        all.getAsBoolean() ? new Selection.All() : new Selection.Single(Platform.host());
    var statements = say.statements(from, selection, transports, store.store());
    var signers =
        Stream.concat(say.openPgpSigners().stream(), statements.signers(to).stream()).toList();
    // What is in the store was judged when it came there.
    return CopyRequest.of(from, to, selection, Policy.acceptAnything())
        .with(encrypt.applied(fit()))
        .with(
            Beside.SIGNATURES
                .keepingSignatures(!removeSignatures.getAsBoolean())
                .signedBy(signers, null)
                .with(statements.at(to)));
  }

  private Location destination(LocalImage found, Transports transports) {
    var given = destination.get();
    if (given.size() > 1) {
      throw usage("Only two arguments are necessary to push: source and destination");
    }
    if (!given.isEmpty()) {
      return ImagePull.location(given.getFirst(), transports);
    }
    if (found.names().isEmpty()) {
      throw usage("push %s: it has no name; say where to".formatted(Quoted.of(image.get())));
    }
    return ImagePull.location(
        found.names().stream().filter(this::isMeant).findFirst().orElse(found.names().getFirst()),
        transports);
  }

  /// Whether this name is the one that was typed, in full.
  private boolean isMeant(String name) {
    return name.equals(image.get()) || name.equals(image.get() + ":latest");
  }

  private Fit fit() {
    return compression.applied(Fit.AS_IT_IS.withFormat(documents()));
  }

  private Fit.@Nullable Format documents() {
    return switch (format.get().orElse("")) {
      case "" -> null;
      case "oci" -> Fit.Format.OCI;
      case "v2s2", "docker" -> Fit.Format.DOCKER;
      case "v2s1" -> Fit.Format.SCHEMA1;
      case String other ->
          throw usage(
              "unknown format %s. Choose on of the supported formats: 'oci', 'v2s1', or 'v2s2'"
                  .formatted(Quoted.of(other)));
    };
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
