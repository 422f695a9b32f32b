package dev.ocij.buildah.context.cloud;

import dev.ocij.transport.registry.WebFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Fetches objects from the stores of clouds.
///
/// @param clock of signatures
public record CloudObjects(WebFiles web, InstantSource clock) {
  public CloudObjects(WebFiles web) {
    this(web, InstantSource.system());
  }

  /// Writes an object to a file, from the start again where the way to it breaks.
  ///
  /// @return when it was changed last; null where the store does not say
  /// @throws dev.ocij.spec.OciException where it is not there, is not for us, or credentials are
  ///   missing
  public @Nullable Instant fetch(CloudObject object, Path file) throws IOException {
    return switch (object) {
      case CloudObject.S3 s3 -> new S3Store(web, clock).fetch(s3, file);
      case CloudObject.Google google -> new GoogleStore(web, clock).fetch(google, file);
      case CloudObject.Azure azure -> new AzureStore(web, clock).fetch(azure, file);
    };
  }
}
