package dev.ocij.buildah.sourcepolicy;

import dev.ocij.spec.FieldReader;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a build may take from elsewhere, and what it takes in its place: BuildKit's source policy,
/// version 1. The last rule that allows or denies a source decides; one that nothing is said of is
/// allowed. What a rule converts is judged anew.
///
/// @param file where it is written, for messages
public record SourcePolicy(String file, List<SourceRule> rules) {
  public static final SourcePolicy NONE = new SourcePolicy("", List.of());

  private static final int VERSION = 1;

  /// Two rules may convert what the other made.
  private static final int MOST_CONVERSIONS = 20;

  public SourcePolicy {
    rules = List.copyOf(rules);
  }

  /// @param file its name, for messages
  public static SourcePolicy parse(byte[] json, String file) {
    return Json.read(json, document -> from(document, file), "source policy " + file);
  }

  private static SourcePolicy from(FieldReader json, String file) {
    int version = json.integerOrZero("version");
    if (version != 0 && version != VERSION) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "version %d is not known; %d is".formatted(version, VERSION));
    }
    return new SourcePolicy(file, json.objects("rules", SourceRule::from));
  }

  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /// What is to be taken in place of a source, which may be itself.
  ///
  /// @throws OciException where it is denied
  public BuildSource judge(BuildSource source) {
    var now = source;
    for (int conversions = 0; conversions <= MOST_CONVERSIONS; conversions++) {
      var next = judgedOnce(now);
      if (next.equals(now)) {
        return now;
      }
      now = next;
    }
    throw new OciException(
        OciException.Category.INVALID,
        "take %s: the rules of %s convert it again and again, at last to %s"
            .formatted(Quoted.escape(source.identifier()), file, Quoted.escape(now.identifier())));
  }

  private BuildSource judgedOnce(BuildSource source) {
    @Nullable SourceRule denial = null;
    for (var rule : rules) {
      if (!rule.selects(source)) {
        continue;
      }
      switch (rule.action()) {
        case ALLOW -> denial = null;
        case DENY -> denial = rule;
        case CONVERT -> {
          var converted = rule.converted(source);
          if (!converted.equals(source)) {
            return converted;
          }
        }
      }
    }
    if (denial != null) {
      throw denied(source, denial);
    }
    return source;
  }

  private OciException denied(BuildSource source, SourceRule rule) {
    return new OciException(
        OciException.Category.REJECTED,
        "take %s: denied by rule %d of %s, %s; an ALLOW behind it would except it"
            .formatted(Quoted.escape(source.identifier()), rules.indexOf(rule) + 1, file, rule));
  }
}
