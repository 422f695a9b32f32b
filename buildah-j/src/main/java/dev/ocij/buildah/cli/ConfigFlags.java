package dev.ocij.buildah.cli;

import dev.ocij.buildah.container.ConfigEdit;
import dev.ocij.buildah.container.ConfigEdits;
import dev.ocij.buildah.container.HealthEdit;
import dev.ocij.spec.Platform;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import dev.ocij.term.template.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The changes that `config` is asked for, in the order in which the history tells them.
final class ConfigFlags {
  private static final String PAIR = "NAME=VALUE|NAME-|-";
  private static final String KEY = "NAME|NAME-|-";

  /// What an option asks for, once the line is read.
  private interface Asked {
    Stream<ConfigEdit> edits(Map<String, String> caller);
  }

  private final Options options;
  private final List<Asked> all = new ArrayList<>();

  ConfigFlags(Options options) {
    this.options = options;
    addImage();
    addContainers();
    addHealth();
    var labels = options.texts("-l, --label", PAIR, "a label");
    all.add(_ -> together("LABEL", labels.get(), ConfigEdits::label));
    texts("--unsetlabel", "NAME", "a label that goes", ConfigEdits::unsetLabel);
    text("--workingdir", "DIR", "where containers begin", ConfigEdits::workingDir);
    lists("--onbuild", "INSTRUCTION", "for builds on the image", ConfigEdits::onBuild);
  }

  /// What was asked for on the line.
  ///
  /// @param caller the caller's variables
  List<ConfigEdit> edits(Map<String, String> caller) {
    return all.stream().flatMap(each -> each.edits(caller)).toList();
  }

  private void addImage() {
    text("--author", "NAME", "who made the image", ConfigEdits::author);
    text("--comment", "TEXT", "about the image; only Docker's has one", ConfigEdits::comment);
    text("--created-by", "TEXT", "how the layer was made", ConfigEdits::createdBy);
    text("--history-comment", "TEXT", "about the layer", ConfigEdits::historyComment);
    texts("-a, --annotation", PAIR, "of the manifest", ConfigEdits::annotation);
    texts("--unsetannotation", "NAME", "one that goes", ConfigEdits::unsetAnnotation);
    text(
        "--os",
        "OS",
        "what the image is for",
        os ->
            platform(p ->
                new Platform(p.architecture(), os, p.osVersion(), p.osFeatures(), p.variant())));
    text(
        "--arch",
        "ARCH",
        "what the image is for",
        arch ->
            platform(p -> new Platform(arch, p.os(), p.osVersion(), p.osFeatures(), p.variant())));
    text(
        "--variant",
        "VARIANT",
        "of the architecture",
        variant ->
            platform(p ->
                new Platform(p.architecture(), p.os(), p.osVersion(), p.osFeatures(), variant)));
    text(
        "--os-version",
        "VERSION",
        "that the image needs",
        version ->
            platform(
                p -> new Platform(p.architecture(), p.os(), version, p.osFeatures(), p.variant())));
    texts("--os-feature", KEY, "that the image needs", ConfigEdits::osFeature);
  }

  private void addContainers() {
    text("-u, --user", "USER[:GROUP]", "who runs the program", ConfigEdits::user);
    text("--shell", "WORDS", "what runs lines of instructions", ConfigEdits::shell);
    text("--stop-signal", "SIGNAL", "what ends containers", ConfigEdits::stopSignal);
    text("--hostname", "NAME", "of containers, for Docker", ConfigEdits::hostname);
    text("--domainname", "NAME", "of containers, for Docker", ConfigEdits::domainname);
    var ports = options.texts("-p, --port", KEY, "a port that it serves");
    all.add(_ -> together("EXPOSE", split(ports.get()), ConfigEdits::port));
    var env = options.texts("-e, --env", PAIR, "a variable; NAME alone takes the caller's");
    all.add(caller -> together("ENV", env.get(), text -> ConfigEdits.env(text, caller)));
    text("--entrypoint", "LINE|JSON", "the program", ConfigEdits::entrypoint);
    text("--cmd", "WORDS|JSON", "the program, or its arguments", ConfigEdits::cmd);
    lists("-v, --volume", KEY, "a path with data of its own", ConfigEdits::volume);
  }

  private void addHealth() {
    text("--healthcheck", "NONE|CMD …", "asks whether it is well", ConfigEdits::healthcheck);
    time("--healthcheck-interval", HealthEdit::interval);
    time("--healthcheck-timeout", HealthEdit::timeout);
    time("--healthcheck-start-period", HealthEdit::startPeriod);
    time("--healthcheck-start-interval", HealthEdit::startInterval);
    text("--healthcheck-retries", "N", "failures until it is unwell", ConfigFlags::retries);
  }

  private void time(String name, Function<Duration, HealthEdit> edit) {
    text(
        name,
        "DURATION",
        "a time of the health check",
        text -> ConfigEdits.healthcheck(edit.apply(GoDuration.parse(text))));
  }

  private static ConfigEdit retries(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw OrderedArguments.usage(
          "--healthcheck-retries %s: expected a number".formatted(Quoted.of(text)));
    }
    return ConfigEdits.healthcheck(HealthEdit.retries(Integer.parseInt(text)));
  }

  private static ConfigEdit platform(Function<Platform, Platform> change) {
    return ConfigEdits.platform(change);
  }

  private void text(
      String names, String label, String description, Function<String, ConfigEdit> edit) {
    Supplier<Optional<String>> option = options.text(names, label, description);
    all.add(_ -> option.get().map(edit).stream());
  }

  private void texts(
      String names, String label, String description, Function<String, ConfigEdit> edit) {
    var option = options.texts(names, label, description);
    all.add(_ -> option.get().stream().map(edit));
  }

  /// As [#texts]; commas separate values too.
  private void lists(
      String names, String label, String description, Function<String, ConfigEdit> edit) {
    var option = options.texts(names, label, description);
    all.add(_ -> split(option.get()).stream().map(edit));
  }

  private static List<String> split(List<String> given) {
    return given.stream().flatMap(text -> Stream.of(text.split(","))).toList();
  }

  private static Stream<ConfigEdit> together(
      String keyword, List<String> given, Function<String, ConfigEdit> edit) {
    return ConfigEdit.together(
        given.stream().map(edit).toList(), keyword + " " + String.join(" ", given));
  }
}
