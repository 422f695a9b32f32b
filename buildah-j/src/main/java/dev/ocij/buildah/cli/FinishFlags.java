package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.Finish;
import dev.ocij.spec.Platform;
import dev.ocij.term.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What `build` may be told about the finished image.
final class FinishFlags {
  /// The version of buildah whose command line this is.
  private static final String IDENTITY = "1.43.2";

  private final Supplier<List<String>> labels;
  private final Supplier<List<String>> annotations;
  private final Supplier<List<String>> unsetLabels;
  private final Supplier<List<String>> unsetEnv;
  private final Supplier<Optional<Boolean>> identity;
  private final Supplier<Optional<Boolean>> created;
  private final BooleanSupplier omitHistory;
  private final Supplier<List<String>> unsetAnnotations;
  private final Supplier<Optional<String>> osVersion;
  private final Supplier<List<String>> osFeatures;
  private final Supplier<Optional<Boolean>> inheritLabels;
  private final Supplier<Optional<Boolean>> inheritAnnotations;

  FinishFlags(Options options) {
    this(
        options,
        options.texts("--label", "NAME=VALUE", "a label of the image"),
        options.texts("--unsetlabel", "NAME", "leave out this label of the base"));
  }

  /// A commit leaves labels to `config`.
  static FinishFlags ofCommit(Options options) {
    return new FinishFlags(options, List::of, List::of);
  }

  private FinishFlags(
      Options options, Supplier<List<String>> labels, Supplier<List<String>> unsetLabels) {
    this.labels = labels;
    this.unsetLabels = unsetLabels;
    annotations = options.texts("--annotation", "NAME=VALUE", "an annotation of the manifest");
    unsetEnv = options.texts("--unsetenv", "NAME", "leave this variable out of the image");
    identity = options.choice("--identity-label", "tell the builder's version in a label");
    created = options.choice("--created-annotation", "tell the time in an annotation");
    omitHistory = options.flag("--omit-history", "leave the history out of the image");
    unsetAnnotations =
        options.texts("--unsetannotation", "NAME", "leave out this annotation of the base");
    osVersion = options.text("--os-version", "VERSION", "of the operating system the image needs");
    osFeatures = options.texts("--os-feature", "FEATURE", "that the image needs; NAME- needs not");
    inheritLabels = options.choice("--inherit-labels", "keep the labels of bases; default: true");
    inheritAnnotations =
        options.choice("--inherit-annotations", "keep the annotations of bases; default: true");
  }

  /// @param stamped whether the time is given, so that the image is to be the same each time
  /// @param platform what was asked for; null for nothing
  Finish finish(boolean stamped, @Nullable Platform platform) {
    return new Finish(
        Assignments.parse(Assignments.withValues(labels.get()), Map.of()),
        Set.copyOf(unsetLabels.get()),
        Set.copyOf(unsetEnv.get()),
        Assignments.parse(Assignments.withValues(annotations.get()), Map.of()),
        identity.get().orElse(!stamped) ? IDENTITY : null,
        created.get().orElse(true),
        !omitHistory.getAsBoolean(),
        Set.copyOf(unsetAnnotations.get()),
        platform,
        osVersion.get().map(version -> version.equals("-") ? "" : version).orElse(null),
        osFeatures.get(),
        new Finish.Inherited(
            inheritLabels.get().orElse(true), inheritAnnotations.get().orElse(true)));
  }
}
