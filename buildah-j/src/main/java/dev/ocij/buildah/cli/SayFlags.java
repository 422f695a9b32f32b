package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.BuildResult;
import dev.ocij.buildah.build.SayRequest;
import dev.ocij.buildah.contents.BillFormat;
import dev.ocij.buildah.provenance.Provenance;
import dev.ocij.buildah.provenance.Said;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.LaterFlags;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `build` shall say of the image: bills of its contents and its provenance, as buildah's and
/// docker's options have it.
final class SayFlags {
  private static final List<String> STRATEGIES =
      List.of(
          "cat",
          "merge-cyclonedx-by-component-name-and-version",
          "merge-spdx-by-package-name-and-versioninfo");

  private final Supplier<List<String>> bills;
  private final Supplier<List<String>> origins;
  private final Supplier<List<String>> attest;
  private final Supplier<Optional<String>> output;
  private final Supplier<Optional<String>> purlOutput;
  private final Supplier<Optional<String>> strategy;
  private final SigstoreKeyFlags key;
  private final LaterFlags later;

  SayFlags(Options options) {
    bills = options.texts("--sbom", "spdx|cyclonedx|PRESET", "attach a bill of the contents");
    origins =
        options.texts(
            "--provenance", "true|mode=max[,builder-id=URI]", "attach what the image is made of");
    attest =
        options.texts(
            "--attest", "type=sbom|provenance[,FIELD]", "as --sbom and --provenance, for docker");
    output = options.text("--sbom-output", "PATH", "write the bill here, too");
    purlOutput = options.text("--sbom-purl-output", "PATH", "write the packages' URLs here, too");
    strategy = options.text("--sbom-merge-strategy", "KIND", "accepted; there is one bill");
    key = new SigstoreKeyFlags(options);
    later =
        new LaterFlags(options)
            .values("--sbom-image-output", "--sbom-image-purl-output")
            .values("--sbom-scanner-command", "--sbom-scanner-image");
  }

  SayRequest request() {
    later.refuse();
    strategy.get().filter(each -> !STRATEGIES.contains(each)).ifPresent(SayFlags::unknownStrategy);
    var formats = new LinkedHashSet<BillFormat>();
    SayRequest.Origins provenance = null;
    for (var value : bills.get()) {
      BillFlag.parse(value).ifPresent(formats::add);
    }
    for (var value : attested("sbom")) {
      BillFlag.parse(value.isEmpty() ? "true" : value).ifPresent(formats::add);
    }
    for (var value :
        Stream.concat(origins.get().stream(), attested("provenance").stream()).toList()) {
      provenance = OriginsFlag.parse(value).orElse(null);
    }
    requireOneBill(formats.size());
    return new SayRequest(new ArrayList<>(formats), provenance, key.key());
  }

  /// Writes the files that were asked for.
  void write(BuildResult result) {
    for (var said : result.said()) {
      if (!said.predicateType().equals(Provenance.PREDICATE_TYPE)) {
        output.get().ifPresent(file -> LocalFile.write(file, Json.write(said.predicate())));
        purlOutput.get().ifPresent(file -> LocalFile.write(file, purls(said)));
      }
    }
  }

  /// @param list whether the result is one, of several images
  void check(boolean list) {
    if (list && isWritten()) {
      throw usage("--sbom-output with a list of images: each has its own; leave the option out");
    }
  }

  private boolean isWritten() {
    return output.get().isPresent() || purlOutput.get().isPresent();
  }

  private void requireOneBill(int bills) {
    if (isWritten() && bills != 1) {
      throw usage("--sbom-output needs one --sbom, and %d are given".formatted(bills));
    }
  }

  /// What follows `type=TYPE,`, each time that it stands there.
  private List<String> attested(String type) {
    var values = new ArrayList<String>();
    for (var text : attest.get()) {
      var fields = new ArrayList<>(List.of(text.split(",")));
      boolean known = fields.remove("type=sbom") || fields.remove("type=provenance");
      if (!known) {
        throw usage(
            "--attest %s: expected type=sbom or type=provenance".formatted(Quoted.of(text)));
      }
      if (List.of(text.split(",")).contains("type=" + type)) {
        values.add(String.join(",", fields));
      }
    }
    return values;
  }

  private static byte[] purls(Said bill) {
    return Stream.of("purl", "referenceLocator")
        .flatMap(field -> bill.predicate().findValuesAsText(field).stream())
        .distinct()
        .collect(Collectors.joining("\n", "", "\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void unknownStrategy(String value) {
    throw usage(
        "unknown --sbom-merge-strategy %s: expected %s"
            .formatted(Quoted.of(value), String.join(", ", STRATEGIES)));
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
