package dev.ocij.buildah.podman.kube;

import dev.ocij.buildah.podman.kube.PlayedPod.PlayedContainer;
import dev.ocij.buildah.run.ContainerNames;
import dev.ocij.spec.FieldReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A document of kind Pod, or what a Deployment makes pods of, as the commands that make the pod.
final class PodTranslation {
  private final String name;
  private final Map<String, String> labels;
  private final Map<String, String> annotations;

  private PodTranslation(String name, FieldReader pod) {
    this.name = ContainerNames.check(name);
    this.labels =
        Objects.requireNonNullElse(
            pod.object("metadata", metadata -> metadata.textMap("labels")), Map.of());
    this.annotations =
        Objects.requireNonNullElse(
            pod.object("metadata", metadata -> metadata.textMap("annotations")), Map.of());
  }

  /// @throws dev.ocij.spec.OciException where something is of another type than is expected
  static PlayedPod of(String name, FieldReader pod) {
    var translation = new PodTranslation(name, pod);
    return pod.requiredObject("spec", translation::pod);
  }

  private PlayedPod pod(FieldReader spec) {
    var volumes = spec.objects("volumes", PodVolume::from);
    return new PlayedPod(
        name,
        options(spec),
        spec.flag("hostNetwork"),
        spec.objects("containers", PodTranslation::ports).stream().flatMap(List::stream).toList(),
        volumes,
        containers(spec, volumes));
  }

  private List<String> options(FieldReader spec) {
    var options = new ArrayList<String>();
    options.add("--name=" + name);
    options.add("--exit-policy=stop");
    labels.forEach((key, value) -> options.add("--label=%s=%s".formatted(key, value)));
    Words.add(options, "--hostname", spec.text("hostname"));
    spec.objects("hostAliases", PodTranslation::hosts).forEach(options::addAll);
    var resolver = spec.object("dnsConfig", PodTranslation::resolver);
    options.addAll(resolver == null ? List.of() : resolver);
    return options;
  }

  private static List<String> hosts(FieldReader alias) {
    var ip = alias.required("ip");
    return alias.texts("hostnames").stream()
        .map(host -> "--add-host=%s:%s".formatted(host, ip))
        .toList();
  }

  private static List<String> resolver(FieldReader dns) {
    var servers = dns.texts("nameservers").stream().map("--dns="::concat);
    var domains = dns.texts("searches").stream().map("--dns-search="::concat);
    var choices =
        dns.objects("options", PodTranslation::choice).stream().map("--dns-option="::concat);
    return Stream.of(servers, domains, choices).flatMap(each -> each).toList();
  }

  private static String choice(FieldReader option) {
    var value = option.text("value");
    return option.required("name") + (value == null ? "" : ":" + value);
  }

  /// Ports without one of the host are not published.
  private static List<String> ports(FieldReader container) {
    return container.objects("ports", PodTranslation::port).stream()
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private static String port(FieldReader port) {
    int inside = port.integer("containerPort");
    int outside = port.integerOrZero("hostPort");
    if (outside == 0) {
      return "";
    }
    var ip = Objects.requireNonNullElse(port.text("hostIP"), "");
    var address = ip.contains(":") ? "[" + ip + "]" : ip;
    var protocol = Objects.requireNonNullElse(port.text("protocol"), "TCP");
    return "%s%d:%d/%s"
        .formatted(
            address.isEmpty() ? "" : address + ":",
            outside,
            inside,
            protocol.toLowerCase(Locale.ROOT));
  }

  private List<PlayedContainer> containers(FieldReader spec, List<PodVolume> volumes) {
    var common = new ArrayList<String>();
    labels.forEach((key, value) -> common.add("--label=%s=%s".formatted(key, value)));
    annotations.forEach((key, value) -> common.add("--annotation=%s=%s".formatted(key, value)));
    Words.add(common, "--stop-timeout", spec.numberOrNull("terminationGracePeriodSeconds"));
    var rights = SecurityContext.ofPod(spec);
    var translation = new ContainerTranslation(name, common, volumes, rights);
    var first =
        spec.objects("initContainers", each -> translation.container(each, true, "no")).stream();
    var restart = restart(spec);
    var others =
        spec.objects("containers", each -> translation.container(each, false, restart)).stream();
    return Stream.concat(first, others).toList();
  }

  private static String restart(FieldReader spec) {
    var policy = Objects.requireNonNullElse(spec.text("restartPolicy"), "Always");
    return switch (policy) {
      case "Always" -> "always";
      case "OnFailure" -> "on-failure";
      case "Never" -> "no";
      default -> throw Words.unexpected("restartPolicy", policy, "Always, OnFailure or Never");
    };
  }
}
