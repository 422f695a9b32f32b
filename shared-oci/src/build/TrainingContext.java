import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder to build an image from that continues a [TrainingImage], and a policy that trusts it.
final class TrainingContext {

  private TrainingContext() {}

  /// Writes the folder anew and returns it.
  static Path write(Path folder, TrainingImage base) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
    Files.writeString(
        folder.resolve("Containerfile"),
        """
        FROM oci:%s:image AS first
        ARG VERSION=1
        COPY --chmod=0644 policy.json /etc/
        RUN ["/true"]
        FROM first
        ENV VERSION=$VERSION
        LABEL version="$VERSION"
        WORKDIR /work
        COPY --from=first /etc/policy.json .
        RUN ["/true"]
        CMD ["/true"]
        """
            .formatted(base.layout()));
    return folder;
  }
}
