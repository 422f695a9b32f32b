package dev.ocij.buildah.podman.kube;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// The pods that a file describes, in its order.
record KubeFile(List<PlayedPod> pods) {
  KubeFile {
    pods = List.copyOf(pods);
  }

  /// @param what the file, for messages
  /// @param ignored is told of what is left out, a sentence each
  /// @throws OciException where a document is not one, or asks for what nobody follows
  static KubeFile parse(byte[] yaml, String what, Consumer<String> ignored) {
    var pods = new ArrayList<PlayedPod>();
    var documents = Yaml.documents(yaml, what);
    for (int i = 0; i < documents.size(); i++) {
      var place = documents.size() == 1 ? what : "%s: document %d".formatted(what, i + 1);
      new Documents(place, ignored).read(documents.get(i), pods);
    }
    if (pods.isEmpty()) {
      throw new OciException(
          OciException.Category.INVALID,
          "read %s: YAML document does not contain any supported kube kind: Pod and Deployment are"
              .formatted(what));
    }
    return new KubeFile(pods);
  }

  /// @param place of the document, for messages
  private record Documents(String place, Consumer<String> ignored) {
    void read(JsonNode document, List<PlayedPod> pods) {
      try {
        var fields = FieldReader.of(document);
        switch (fields.required("kind")) {
          case "Pod" -> {
            check(document, "");
            pods.add(PodTranslation.of(name(fields), fields));
          }
          case "Deployment" -> pods.add(deployment(document, fields));
          case String other ->
              ignored.accept(
                  "%s: the kind %s is not played, Pod and Deployment are; it is left out"
                      .formatted(place, Quoted.of(other)));
        }
      } catch (OciException e) {
        throw e.during("read " + place);
      }
    }

    private PlayedPod deployment(JsonNode document, FieldReader fields) {
      var name = name(fields) + "-pod";
      check(document.path("spec").path("template"), "spec.template");
      return fields.requiredObject(
          "spec",
          spec -> {
            var replicas = spec.numberOrNull("replicas");
            if (replicas != null && replicas != 1) {
              ignored.accept(
                  "%s: \"spec.replicas\": one pod is made, not %d".formatted(place, replicas));
            }
            return spec.requiredObject("template", template -> PodTranslation.of(name, template));
          });
    }

    private static String name(FieldReader document) {
      var name =
          document.object(
              "metadata", metadata -> Objects.requireNonNullElse(metadata.text("name"), ""));
      if (name == null || name.isEmpty()) {
        throw new OciException(OciException.Category.INVALID, "pod does not have a name");
      }
      return name;
    }

    private void check(JsonNode pod, String where) {
      new KnownFields(path ->
          ignored.accept(
              "%s: %s is not followed; it is left out".formatted(place, Quoted.of(path))))
          .check(pod, where);
    }
  }
}
