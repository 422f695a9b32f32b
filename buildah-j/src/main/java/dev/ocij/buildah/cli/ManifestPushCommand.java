package dev.ocij.buildah.cli;

import dev.ocij.copy.Beside;
import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.copy.Selection;
import dev.ocij.copy.Variants;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ConsoleProgress;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.OpenPgpKeyFlags;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.Transports;
import dev.ocij.transport.local.LocalImages;
import dev.ocij.transport.local.LocalTransport;
import dev.ocij.transport.local.ManifestLists;
import dev.ocij.trust.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `manifest push LIST DESTINATION`: copies a list with its images.
public final class ManifestPushCommand implements Command {
  private final Options options =
      Options.of(this, "Copy a list with its images.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("LIST", 0, "its name, then where to; default: the registry it names");
  private final Supplier<Optional<Boolean>> all =
      options.choice("--all", "copy the images too; default: true");
  private final Supplier<Optional<String>> digestFile =
      options.text("--digestfile", "PATH", "write the digest of the result here");
  private final Supplier<Optional<String>> format =
      options.text("-f, --format", "oci|v2s2", "convert to this manifest type");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "tell no progress");
  private final BooleanSupplier removeSignatures =
      options.flag("--remove-signatures", "leave signatures behind");
  private final BooleanSupplier rm = options.flag("--rm", "remove the list afterwards");
  private final OpenPgpKeyFlags signBy = new OpenPgpKeyFlags(options);
  private final CompressionFlags compression = new CompressionFlags(options);
  private final Supplier<List<String>> added =
      options.texts(
          "--add-compression",
          "gzip|zstd|zstd:chunked",
          "with each image one of this compression, too");
  private final Supplier<Optional<Boolean>> purge;
  private final Toolbox tools;

  public ManifestPushCommand(StoreFlags store) {
    this.tools = new Toolbox(options, store);
    purge = options.oldChoice("--purge");
    RetryFlags.accept(options);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var given = OrderedArguments.atLeast(1, words.get());
    var lists = new ManifestLists(tools.store());
    lists.read(given.getFirst());
    var transports = tools.transports();
    var progress = quiet.getAsBoolean() ? Progress.SILENT : new ConsoleProgress(options.err());
    var copied = new Copier(transports, transports, progress).copy(request(given, transports));
    digestFile
        .get()
        .ifPresent(file ->
            LocalFile.write(file, copied.digest().toString().getBytes(StandardCharsets.US_ASCII)));
    if (rm.getAsBoolean() || purge.get().orElse(false)) {
      new LocalImages(tools.store()).remove(given.getFirst(), false);
    }
    return ExitCode.OK;
  }

  private CopyRequest request(List<String> given, Transports transports) {
    var fit = compression.applied(Fit.AS_IT_IS.withFormat(documents()));
    var target = given.size() > 1 ? given.getLast() : LocalImages.complete(given.getFirst());
    return CopyRequest.of(
            LocalTransport.location(given.getFirst()),
            ImagePull.location(target, transports),
            all.get().orElse(true) ? new Selection.All() : new Selection.IndexOnly(),
            // What is in the store was judged when it came there.
            Policy.acceptAnything())
        .with(fit)
        .with(Variants.of(added.get(), fit))
        .with(
            Beside.SIGNATURES
                .keepingSignatures(!removeSignatures.getAsBoolean())
                .signedBy(signBy.signers(), null));
  }

  private Fit.@Nullable Format documents() {
    return switch (format.get().orElse("")) {
      case "" -> null;
      case "oci" -> Fit.Format.OCI;
      case "v2s2", "docker" -> Fit.Format.DOCKER;
      case String other ->
          throw OrderedArguments.usage(
              "unknown format %s: expected oci or v2s2".formatted(Quoted.of(other)));
    };
  }
}
