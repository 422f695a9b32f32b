package dev.ocij.buildah.plan;

/// What checks look for, by the names that BuildKit gives the rules. Each has a page of its name in
/// `docs/checks`.
public enum Rule {
  CONSISTENT_INSTRUCTION_CASING("ConsistentInstructionCasing"),
  COPY_IGNORED_FILE("CopyIgnoredFile"),
  DUPLICATE_STAGE_NAME("DuplicateStageName"),
  EXPOSE_INVALID_FORMAT("ExposeInvalidFormat"),
  EXPOSE_PROTO_CASING("ExposeProtoCasing"),
  FROM_AS_CASING("FromAsCasing"),
  FROM_PLATFORM_FLAG_CONST_DISALLOWED("FromPlatformFlagConstDisallowed"),
  INVALID_BASE_IMAGE_PLATFORM("InvalidBaseImagePlatform"),
  INVALID_DEFAULT_ARG_IN_FROM("InvalidDefaultArgInFrom"),
  /// Only where a file asks for it.
  INVALID_DEFINITION_DESCRIPTION("InvalidDefinitionDescription"),
  JSON_ARGS_RECOMMENDED("JSONArgsRecommended"),
  LEGACY_KEY_VALUE_FORMAT("LegacyKeyValueFormat"),
  MAINTAINER_DEPRECATED("MaintainerDeprecated"),
  MULTIPLE_INSTRUCTIONS_DISALLOWED("MultipleInstructionsDisallowed"),
  NO_EMPTY_CONTINUATION("NoEmptyContinuation"),
  REDUNDANT_TARGET_PLATFORM("RedundantTargetPlatform"),
  RESERVED_STAGE_NAME("ReservedStageName"),
  SECRETS_USED_IN_ARG_OR_ENV("SecretsUsedInArgOrEnv"),
  STAGE_NAME_CASING("StageNameCasing"),
  UNDEFINED_ARG_IN_FROM("UndefinedArgInFrom"),
  UNDEFINED_VAR("UndefinedVar"),
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
