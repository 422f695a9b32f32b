package dev.ocij.skopeo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.builtin.Builtin;
import dev.ocij.copy.Selection;
import dev.ocij.image.Image;
import dev.ocij.name.Location;
import dev.ocij.skopeo.inspect.ConfigFields;
import dev.ocij.skopeo.inspect.ImageSummary;
import dev.ocij.skopeo.inspect.OciForm;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.TabbedText;
import dev.ocij.term.template.GoJson;
import dev.ocij.term.template.GoTemplate;
import dev.ocij.transport.Source;
import dev.ocij.transport.registry.RegistryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `inspect IMAGE`: what an image is, without fetching its layers.
final class InspectCommand implements Command {
  /// The formats that are no template.
  private static final Pattern JSON = Pattern.compile("\\s*(?:json|\\{\\{\\s*json\\s*}})?\\s*");

  /// What a template begins with whose tabs are columns.
  private static final String TABLE = "table ";

  private static final Pattern ESCAPE = Pattern.compile("(?s)\\{\\{.*?}}|\\\\[nt]");

  private final Options options = Options.of(this, "Show what an image is.");
  private final Supplier<String> image = options.argument("IMAGE", "transport:reference");
  private final BooleanSupplier raw = options.flag("--raw", "print the exact bytes");
  private final BooleanSupplier config = options.flag("--config", "print the configuration");
  private final BooleanSupplier noTags =
      options.flag("-n, --no-tags", "leave out the repository's tags");
  private final Supplier<Optional<String>> format =
      options.text("-f, --format", "TEMPLATE", "a Go template for the output");
  private final Supplier<Optional<String>> algorithm =
      options.text("--manifest-digest", "sha256|sha512", "how the digest is made");
  private final ImageFlags source;
  private final RetryFlags retry = new RetryFlags(options);
  private final LogLines log = new LogLines(options);
  private final GlobalFlags global;

  InspectCommand(GlobalFlags global) {
    options.tellCount("Exactly one argument expected");
    this.global = global;
    this.source = ImageFlags.of(options, "", global);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    if (raw.getAsBoolean() && format.get().isPresent()) {
      throw new OciException(
          OciException.Category.USAGE, "raw output does not support format option");
    }
    var made = algorithm();
    var location = Location.parse(image.get());
    var transports = Builtin.transports(source.transportOptions());
    try (var opened = retry.run(() -> transports.openSource(location))) {
      printFound(opened, made);
    }
    return ExitCode.OK;
  }

  private Digest.Algorithm algorithm() {
    var asked = algorithm.get().orElse(Digest.Algorithm.SHA256.prefix());
    return Stream.of(Digest.Algorithm.values())
        .filter(known -> known.prefix().equals(asked))
        .findFirst()
        .orElseThrow(() ->
            new OciException(
                OciException.Category.USAGE,
                "unsupported digest algorithm %s; there are sha256 and sha512"
                    .formatted(Quoted.of(asked))));
  }

  /// Once the image was found, what else is missing is another failure.
  private void printFound(Source opened, Digest.Algorithm made) throws IOException {
    try {
      print(opened, made);
    } catch (OciException e) {
      throw e.beyondTheImage();
    }
  }

  private void print(Source opened, Digest.Algorithm made) throws IOException {
    if (raw.getAsBoolean() && !config.getAsBoolean()) {
      write(opened.document().bytes());
      return;
    }
    var chosen = (Image) new Selection.Single(global.platform()).from(opened.read());
    if (raw.getAsBoolean()) {
      write(chosen.readConfigBytes());
    } else if (config.getAsBoolean()) {
      var read = chosen.readConfig();
      show(OciForm.of(read), () -> ConfigFields.of(read));
    } else {
      var summary = summary(opened, chosen, made);
      show(summary.json(), summary::fields);
    }
  }

  private ImageSummary summary(Source opened, Image chosen, Digest.Algorithm made)
      throws IOException {
    var reference = opened.identity().reference();
    return new ImageSummary(
        reference == null ? null : reference.repository().toString(),
        opened.document().digest(made),
        noTags.getAsBoolean() ? List.of() : tags(opened),
        chosen);
  }

  private List<String> tags(Source opened) throws IOException {
    try {
      return opened.repositoryTags();
    } catch (RegistryException e) {
      if (!e.isNoTagList()) {
        throw e;
      }
      log.warning("Registry disallows tag list retrieval; skipping");
      return List.of();
    }
  }

  /// @param fields what a template names
  private void show(JsonNode output, Supplier<JsonNode> fields) {
    var template = format.get().filter(f -> !JSON.matcher(f).matches());
    var text =
        template
            .map(t -> rendered(unescaped(t), fields.get()))
            .orElseGet(() -> GoJson.indented(output, 4) + "\n");
    options.out().print(text);
  }

  private static String rendered(String template, JsonNode fields) {
    boolean table = template.startsWith(TABLE);
    var lines = table ? template.substring(TABLE.length()) : template;
    var text = GoTemplate.parse(lines.endsWith("\n") ? lines : lines + "\n").render(fields);
    return table ? TabbedText.aligned(text) : text;
  }

  /// Outside of actions a backslash and a letter stand for the end of a line or a tab, for a shell
  /// passes them on as they are typed.
  private static String unescaped(String template) {
    return ESCAPE
        .matcher(template)
        .replaceAll(found ->
            switch (found.group()) {
              case "\\n" -> "\n";
              case "\\t" -> "\t";
              default -> Matcher.quoteReplacement(found.group());
            });
  }

  private void write(byte[] bytes) {
    options.out().print(new String(bytes, StandardCharsets.UTF_8));
  }
}
