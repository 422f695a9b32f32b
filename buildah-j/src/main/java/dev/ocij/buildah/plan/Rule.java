package dev.ocij.buildah.plan;

/// What checks look for, by the names that BuildKit gives the rules. Each has a page of its name in
/// `docs/checks`.
public enum Rule {
  CONSISTENT_INSTRUCTION_CASING("ConsistentInstructionCasing"),
  DUPLICATE_STAGE_NAME("DuplicateStageName"),
  EXPOSE_PROTO_CASING("ExposeProtoCasing"),
  FROM_AS_CASING("FromAsCasing"),
  FROM_PLATFORM_FLAG_CONST_DISALLOWED("FromPlatformFlagConstDisallowed"),
  JSON_ARGS_RECOMMENDED("JSONArgsRecommended"),
  LEGACY_KEY_VALUE_FORMAT("LegacyKeyValueFormat"),
  MAINTAINER_DEPRECATED("MaintainerDeprecated"),
  MULTIPLE_INSTRUCTIONS_DISALLOWED("MultipleInstructionsDisallowed"),
  REDUNDANT_TARGET_PLATFORM("RedundantTargetPlatform"),
  RESERVED_STAGE_NAME("ReservedStageName"),
  SECRETS_USED_IN_ARG_OR_ENV("SecretsUsedInArgOrEnv"),
  STAGE_NAME_CASING("StageNameCasing"),
  UNDEFINED_ARG_IN_FROM("UndefinedArgInFrom"),
  WORKDIR_RELATIVE_PATH("WorkdirRelativePath");

  private final String title;

  Rule(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
