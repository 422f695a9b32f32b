package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.SavedStages;
import dev.ocij.buildah.plan.Origin;
import dev.ocij.buildah.plan.PlanRequest;
import dev.ocij.spec.Platform;
import dev.ocij.term.Options;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Which stages `build` builds, how many at a time, and what becomes of them.
final class StageFlags {
  private static final int USUAL_JOBS = 4;

  private final Supplier<Optional<String>> target;
  private final Supplier<Optional<String>> base;
  private final Supplier<Optional<Boolean>> skipUnused;
  private final Supplier<Optional<String>> jobs;
  private final BooleanSupplier save;
  private final BooleanSupplier label;

  StageFlags(Options options) {
    target = options.text("--target", "STAGE", "build this stage");
    base = options.text("--from", "IMAGE", "in place of the first FROM's");
    skipUnused = options.choice("--skip-unused-stages", "build only stages that are needed");
    jobs = options.text("--jobs", "N", "the most stages at the same time; 0: all that can be");
    save = options.flag("--save-stages", "keep the images of the other stages in the store");
    label =
        options.flag("--stage-labels", "label them and the image with their stage and its base");
  }

  /// @param contexts what the names of further contexts stand for
  PlanRequest plan(Map<String, String> arguments, Platform platform, Map<String, Origin> contexts) {
    return new PlanRequest(
        arguments,
        target.get().orElse(null),
        platform,
        Platform.host(),
        contexts,
        base.get().orElse(null),
        skipUnused.get().orElse(true));
  }

  SavedStages saved() {
    if (label.getAsBoolean() && !save.getAsBoolean()) {
      throw OrderedArguments.usage("--stage-labels needs --save-stages");
    }
    return new SavedStages(save.getAsBoolean(), label.getAsBoolean());
  }

  /// Stages mostly wait for a network, a disk or a single-threaded program, so some gain by being
  /// built at once even on one processor; what each holds in memory bounds how many.
  int atOnce() {
    if (jobs.get().isEmpty()) {
      return Math.max(USUAL_JOBS, Runtime.getRuntime().availableProcessors());
    }
    int asked = Count.parse("--jobs", jobs.get().get());
    return asked > 0 ? asked : Integer.MAX_VALUE;
  }
}
