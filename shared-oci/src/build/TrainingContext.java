import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder to build images from, and a policy that trusts their base: `Containerfile` continues a
/// [TrainingImage], `Next` what was built from that and is called `greeter` and, as an image of a
/// registry, `base`.
final class TrainingContext {

  private TrainingContext() {}

  /// As much as makes a store keep the index of a layer.
  private static final int LARGE = 1 << 17;

  /// Writes the folder anew and returns it.
  static Path write(Path folder, TrainingImage base) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
    Files.write(folder.resolve("large"), new byte[LARGE]);
    Files.writeString(
        folder.resolve("Next"),
        """
        FROM base AS first
        COPY policy.json /next/
        FROM scratch
        LABEL only="labels"
        COPY --from=first /next/ /
        ENV NEXT=1
        FROM greeter
        COPY policy.json /next/
        ENV NEXT=1
        """);
    Files.writeString(
        folder.resolve("Containerfile"),
        """
        FROM oci:%s:image AS first
        ARG VERSION=1
        COPY --chmod=0644 policy.json large /etc/
        RUN ["/true"]
        FROM first
        ENV VERSION=$VERSION NAME="one ${VERSION:-two}"
        LABEL version="$VERSION" name='greeter'
        WORKDIR /work
        EXPOSE 80 81/udp 8000-8002
        VOLUME ["/data"]
        USER 1000:1000
        STOPSIGNAL SIGINT
        HEALTHCHECK --interval=5s CMD /true
        ENTRYPOINT ["/true"]
        ONBUILD ENV LATER=1
        COPY --from=first /etc/policy.json .
        RUN ["/true"]
        CMD ["/true"]
        """
            .formatted(base.layout()));
    return folder;
  }
}
