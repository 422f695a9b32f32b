package dev.ocij.buildah.cli;

import static dev.ocij.buildah.cli.GoShape.duration;
import static dev.ocij.buildah.cli.GoShape.list;
import static dev.ocij.buildah.cli.GoShape.map;
import static dev.ocij.buildah.cli.GoShape.number;
import static dev.ocij.buildah.cli.GoShape.pointer;
import static dev.ocij.buildah.cli.GoShape.struct;
import static dev.ocij.buildah.cli.GoShape.structs;
import static dev.ocij.buildah.cli.GoShape.text;
import static dev.ocij.buildah.cli.GoShape.time;
import static dev.ocij.buildah.cli.GoShape.truth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.term.template.GoStruct;

/// An inspection as templates see it: configurations have all their fields, under the names that
/// these have in Go. `{{.OCIv1.Config.Labels}}` is a map where the JSON says `config` and nothing
/// of labels.
final class GoFields {
  private static final GoShape HISTORY =
      GoShape.of(
          time("created", "Created"),
          text("created_by", "CreatedBy"),
          text("author", "Author"),
          text("comment", "Comment"),
          truth("empty_layer", "EmptyLayer"));

  private static final GoShape ROOT_FS =
      GoShape.of(text("type", "Type"), list("diff_ids", "DiffIDs"));

  private static final GoShape OCI_CONFIG =
      GoShape.of(
          text("User", "User"),
          map("ExposedPorts", "ExposedPorts"),
          list("Env", "Env"),
          list("Entrypoint", "Entrypoint"),
          list("Cmd", "Cmd"),
          map("Volumes", "Volumes"),
          text("WorkingDir", "WorkingDir"),
          map("Labels", "Labels"),
          text("StopSignal", "StopSignal"),
          truth("ArgsEscaped", "ArgsEscaped"));

  private static final GoShape OCI =
      GoShape.of(
          time("created", "Created"),
          text("author", "Author"),
          text("architecture", "Architecture"),
          text("os", "OS"),
          text("os.version", "OSVersion"),
          list("os.features", "OSFeatures"),
          text("variant", "Variant"),
          struct("config", "Config", OCI_CONFIG),
          struct("rootfs", "RootFS", ROOT_FS),
          structs("history", "History", HISTORY));

  private static final GoShape HEALTHCHECK =
      GoShape.of(
          list("Test", "Test"),
          duration("Interval", "Interval"),
          duration("Timeout", "Timeout"),
          duration("StartPeriod", "StartPeriod"),
          duration("StartInterval", "StartInterval"),
          number("Retries", "Retries"));

  private static final GoShape DOCKER_CONFIG =
      GoShape.of(
          text("Hostname", "Hostname"),
          text("Domainname", "Domainname"),
          text("User", "User"),
          truth("AttachStdin", "AttachStdin"),
          truth("AttachStdout", "AttachStdout"),
          truth("AttachStderr", "AttachStderr"),
          map("ExposedPorts", "ExposedPorts"),
          truth("Tty", "Tty"),
          truth("OpenStdin", "OpenStdin"),
          truth("StdinOnce", "StdinOnce"),
          list("Env", "Env"),
          list("Cmd", "Cmd"),
          pointer("Healthcheck", "Healthcheck", HEALTHCHECK),
          truth("ArgsEscaped", "ArgsEscaped"),
          text("Image", "Image"),
          map("Volumes", "Volumes"),
          text("WorkingDir", "WorkingDir"),
          list("Entrypoint", "Entrypoint"),
          list("OnBuild", "OnBuild"),
          map("Labels", "Labels"),
          text("StopSignal", "StopSignal"),
          list("Shell", "Shell"));

  private static final GoShape DOCKER =
      GoShape.of(
          text("id", "ID"),
          text("parent", "Parent"),
          text("comment", "Comment"),
          time("created", "Created"),
          text("container", "Container"),
          struct("container_config", "ContainerConfig", DOCKER_CONFIG),
          text("docker_version", "DockerVersion"),
          text("author", "Author"),
          struct("config", "Config", DOCKER_CONFIG),
          text("architecture", "Architecture"),
          text("variant", "Variant"),
          text("os", "OS"),
          number("Size", "Size"),
          pointer("rootfs", "RootFS", ROOT_FS),
          structs("history", "History", HISTORY),
          text("os.version", "OSVersion"),
          list("os.features", "OSFeatures"));

  private GoFields() {}

  /// The inspection of an image or a container as templates see it.
  static ObjectNode of(ObjectNode inspection) {
    var seen = new GoStruct(inspection);
    seen.setAll(inspection);
    seen.set("OCIv1", OCI.seen(inspection.path("OCIv1")));
    seen.set("Docker", DOCKER.seen(inspection.path("Docker")));
    structs("History", "History", HISTORY).addTo(seen, inspection);
    map("ImageAnnotations", "ImageAnnotations").addTo(seen, inspection);
    return seen;
  }
}
