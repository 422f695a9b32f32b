package dev.ocij.buildah.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.runtime.LinuxConfig.Resources;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.JsonForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the containers of a pod have, beside what each of them is told.
///
/// @param names hosts and name servers; the hostname is none of them
/// @param restart the policy of those that name none, as `--restart` has it
/// @param volumes as `--volume` has them, with whole paths
/// @param security as `--security-opt` has them, with whole paths
/// @param limits of all of them together; absent for none
public record PodDefaults(
    RunRequest.Names names,
    String restart,
    List<String> volumes,
    List<String> security,
    @Nullable Resources limits)
    implements JsonForm {
  public static final PodDefaults NONE =
      new PodDefaults(RunRequest.Names.USUAL, "no", List.of(), List.of(), null);

  public PodDefaults {
    volumes = List.copyOf(volumes);
    security = List.copyOf(security);
  }

  static PodDefaults from(FieldReader json) {
    return new PodDefaults(
        json.requiredObject("names", RunRequest.Names::from),
        json.required("restart"),
        json.texts("volumes"),
        json.texts("security"),
        json.object("limits", Resources::from));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .form("names", names)
        .put("restart", restart)
        .list("volumes", volumes)
        .list("security", security)
        .form("limits", limits)
        .node();
  }
}
