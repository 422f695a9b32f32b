package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.BuildResult;
import dev.ocij.buildah.build.SayRequest;
import dev.ocij.buildah.contents.BillFormat;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What `build` shall say of the image: bills of its contents and its provenance, as buildah's and
/// docker's options have it.
final class SayFlags {
  private final Supplier<List<String>> bills;
  private final Supplier<List<String>> origins;
  private final Supplier<List<String>> attest;
  private final WrittenBillFlags written;
  private final SigstoreKeyFlags key;

  SayFlags(Options options) {
    bills = options.texts("--sbom", "spdx|cyclonedx|PRESET", "attach a bill of the contents");
    origins =
        options.texts(
            "--provenance", "true|mode=max[,builder-id=URI]", "attach what the image is made of");
    attest =
        options.texts(
            "--attest", "type=sbom|provenance[,FIELD]", "as --sbom and --provenance, for docker");
    written = new WrittenBillFlags(options);
    key = new SigstoreKeyFlags(options, () -> 0);
  }

  SayRequest request() {
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
    return new SayRequest(
        new ArrayList<>(formats), provenance, key.key(), written.request(bills.get(), formats));
  }

  /// Writes the files that were asked for.
  void write(BuildResult result) {
    written.write(result.bill());
  }

  /// @param list whether the result is one, of several images
  void check(boolean list) {
    written.check(list);
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

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
