package dev.ocij.transport.registry;

import dev.ocij.spec.OciException;
import org.jspecify.annotations.Nullable;

/// What a registry answered instead of what it was asked for.
public final class RegistryException extends OciException {
  private final int status;
  private final String code;
  private final @Nullable String later;

  /// @param later what `Retry-After` says; null where it says nothing
  RegistryException(
      Category category, String sentence, int status, String code, @Nullable String later) {
    super(category, sentence);
    this.status = status;
    this.code = code;
    this.later = later;
  }

  /// The status of the HTTP answer.
  public int status() {
    return status;
  }

  /// Whether the registry lists no tags for us, where it gave us an image: as some do on purpose.
  public boolean isNoTagList() {
    return code.equals("DENIED") || (status == 404 && code.isEmpty());
  }

  /// The first error's code as in distribution-spec, "Error Codes"; empty where it gave none.
  public String code() {
    return code;
  }

  /// When the registry wants to be asked again; null where it does not say.
  @Nullable String later() {
    return later;
  }

  @Override
  public RegistryException as(Category changed) {
    var other = new RegistryException(changed, sentence(), status, code, later);
    other.initCause(this);
    return other;
  }
}
