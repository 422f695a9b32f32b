package dev.ocij.transport.registry;

import dev.ocij.spec.OciException;

/// What a registry answered instead of what it was asked for.
public final class RegistryException extends OciException {
  private final int status;
  private final String code;

  RegistryException(Category category, String sentence, int status, String code) {
    super(category, sentence);
    this.status = status;
    this.code = code;
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

  @Override
  public RegistryException as(Category changed) {
    var other = new RegistryException(changed, sentence(), status, code);
    other.initCause(this);
    return other;
  }
}
