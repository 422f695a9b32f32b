package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.name.Location;
import dev.ocij.skopeo.inspect.SignatureCheck;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.GoJson;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.transport.Source;
import dev.ocij.trust.PolicyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `verify IMAGE --key FILE | --policy FILE`: whether the signatures beside an image hold. Ours:
/// skopeo has no such command.
final class VerifyCommand implements Command {
  private final Options options = Options.of(this, "Verify the signatures of an image.");
  private final Supplier<String> image = options.argument("IMAGE", "transport:reference");
  private final Supplier<Optional<String>> key =
      options.text("--key", "FILE", "a public key: PEM for sigstore, OpenPGP for simple signing");
  private final Supplier<Optional<String>> type =
      options.text("--type", "simple|sigstore|bundle|notation", "look at these signatures only");
  private final BooleanSupplier json = options.flag("--json", "print a JSON list");
  private final ImageFlags source;
  private final GlobalFlags global;

  VerifyCommand(GlobalFlags global) {
    options.tellCount("Exactly one argument expected");
    this.global = global;
    this.source = new ImageFlags(options, "", global);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var kind = kind();
    if (key.get().isPresent() == global.policyFile().isPresent()) {
      throw new OciException(
          OciException.Category.USAGE,
          "verify %s: say by what, with either --key FILE or --policy FILE"
              .formatted(Quoted.of(image.get())));
    }
    var location = Location.parse(image.get());
    var transports = Builtin.transports(source.transportOptions());
    try (var opened = transports.openSource(location)) {
      return key.get().isPresent()
          ? byKey(opened, key.get().get(), kind)
          : byPolicy(opened, global.policyFile().orElseThrow());
    }
  }

  private String kind() {
    return switch (type.get().orElse("")) {
      case "bundle", "notation" ->
          throw new OciException(
              OciException.Category.UNSUPPORTED,
              "--type %s is not implemented yet".formatted(type.get().orElse("")));
      case "", "simple", "sigstore" -> type.get().orElse("");
      case String other ->
          throw new OciException(
              OciException.Category.USAGE,
              "unknown type of signatures %s; there are simple, sigstore, bundle and notation"
                  .formatted(Quoted.of(other)));
    };
  }

  private int byPolicy(Source opened, String file) throws IOException {
    var policy = PolicyFile.read(Path.of(file), Builtin.signatureFormats());
    var _ = policy.evaluate(opened.candidate(opened.read())).orThrow();
    var digest = opened.document().digest();
    options
        .out()
        .println(
            json.getAsBoolean()
                ? GoJson.indented(
                    Json.MAPPER.valueToTree(
                        List.of(new SignatureCheck("policy", digest, null, "verified"))),
                    4)
                : "Accepted by policy, digest " + digest);
    return ExitCode.OK;
  }

  private int byKey(Source opened, String file, String kind) throws IOException {
    var keys = List.of(LocalFile.read(file));
    var wanted = kind.isEmpty() ? kindOf(keys.getFirst()) : kind;
    var document = opened.document();
    var checks =
        opened.signatures(document.digest()).stream()
            .filter(signature -> SignatureCheck.kind(signature).equals(wanted))
            .map(signature ->
                SignatureCheck.of(signature, document, keys, Builtin.signatureFormats()))
            .toList();
    print(checks);
    if (checks.stream().noneMatch(SignatureCheck::isVerified)) {
      throw new OciException(
          OciException.Category.REJECTED,
          "verify %s: %s"
              .formatted(
                  Quoted.of(image.get()),
                  checks.isEmpty()
                      ? "no %s signature exists".formatted(wanted)
                      : "none of its %d signatures holds".formatted(checks.size())));
    }
    return ExitCode.OK;
  }

  private void print(List<SignatureCheck> checks) {
    if (json.getAsBoolean()) {
      options.out().println(GoJson.indented(Json.MAPPER.valueToTree(checks), 4));
      return;
    }
    for (var check : checks) {
      var name = check.identity() == null ? "" : " for " + Quoted.of(check.identity());
      options
          .out()
          .println(
              "%s signature%s, digest %s: %s"
                  .formatted(check.kind(), name, check.digest(), Quoted.escape(check.result())));
    }
  }

  private static String kindOf(byte[] key) {
    var text = new String(key, StandardCharsets.ISO_8859_1);
    return text.contains("-----BEGIN PUBLIC KEY-----") ? "sigstore" : "simple";
  }
}
