package dev.ocij.buildah.podman.secret;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.run.Secret;
import dev.ocij.spec.Json;
import dev.ocij.term.Human;
import java.time.Duration;
import java.time.Instant;

/// A secret as podman shows it.
record SecretRow(Secret secret, Instant now) {
  /// Of what [#json] tells.
  static final String PRETTY =
      """
      ID:              {{.ID}}
      Name:              {{.Spec.Name}}
      {{- if .Spec.Labels}}
      Labels:
      {{- range $key, $value := .Spec.Labels}}
       - {{$key}}{{if $value}}={{$value}}{{end}}
      {{- end}}
      {{- end}}
      Driver:            {{.Spec.Driver.Name}}
      Created at:        {{.CreatedAt}}
      Updated at:        {{.UpdatedAt}}\
      """;

  ObjectNode json() {
    var created = secret.created().toString();
    var json =
        Json.object().put("ID", secret.id()).put("CreatedAt", created).put("UpdatedAt", created);
    var spec = json.putObject("Spec").put("Name", secret.name());
    spec.putObject("Driver").put("Name", "file").putObject("Options");
    spec.set("Labels", Json.tree(secret.labels()));
    return json;
  }

  /// What a template of a list sees.
  ObjectNode fields() {
    var ago = Human.ago(Duration.between(secret.created(), now));
    return Json.object()
        .put("ID", secret.id())
        .put("Name", secret.name())
        .put("Driver", "file")
        .put("CreatedAt", ago)
        .put("UpdatedAt", ago);
  }
}
