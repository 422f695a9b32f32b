package dev.ocij.buildah.cli;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Platform;
import dev.ocij.term.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a list may be told about one of its members.
final class EntryFlags {
  private final Supplier<List<String>> annotations;
  private final Supplier<Optional<String>> arch;
  private final Supplier<Optional<String>> os;
  private final Supplier<Optional<String>> osVersion;
  private final Supplier<List<String>> osFeatures;
  private final Supplier<Optional<String>> variant;

  EntryFlags(Options options) {
    annotations = options.texts("--annotation", "NAME=VALUE", "an annotation of the member");
    arch = options.text("--arch", "ARCH", "what the member is for");
    os = options.text("--os", "OS", "what the member is for");
    osVersion = options.text("--os-version", "VERSION", "that the member needs");
    osFeatures = options.texts("--os-features", "NAME,…", "that the member needs");
    variant = options.text("--variant", "VARIANT", "of the architecture");
    options.texts("--features", "NAME,…", "accepted; lists of OCI have no place for them");
  }

  /// The member as the list is to have it.
  Descriptor apply(Descriptor member) {
    return member
        .withAnnotations(annotated(member.annotations()))
        .withPlatform(member.platform() == null && isSilent() ? null : platform(member.platform()));
  }

  private boolean isSilent() {
    return Stream.of(arch, os, osVersion, variant).allMatch(option -> option.get().isEmpty())
        && osFeatures.get().isEmpty();
  }

  private Platform platform(@Nullable Platform before) {
    var known = Objects.requireNonNullElse(before, Platform.of("", ""));
    return new Platform(
        arch.get().orElse(known.architecture()),
        os.get().orElse(known.os()),
        osVersion.get().orElse(known.osVersion()),
        osFeatures.get().isEmpty()
            ? known.osFeatures()
            : osFeatures.get().stream().flatMap(text -> Stream.of(text.split(","))).toList(),
        variant.get().orElse(known.variant()));
  }

  private Map<String, String> annotated(Map<String, String> before) {
    var all = new LinkedHashMap<>(before);
    all.putAll(annotations());
    return all;
  }

  /// What was said on the line.
  Map<String, String> annotations() {
    return Assignments.parse(Assignments.withValues(annotations.get()), Map.of());
  }
}
