package dev.ocij.trust;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The policy that a policy.json states: containers-policy.json(5).
///
/// @param fallback what holds where no transport and scope says more
/// @param transports requirements by transport, then by scope; the scope "" is the transport's own
///   fallback
/// @param formats how signatures are verified
public record PolicyFile(
    List<Requirement> fallback,
    Map<String, Map<String, List<Requirement>>> transports,
    List<SignatureFormat<?>> formats)
    implements Policy {
  private static final Path SYSTEM = Path.of("/etc/containers/policy.json");
  private static final String USER = ".config/containers/policy.json";

  public PolicyFile {
    fallback = List.copyOf(fallback);
    transports = Map.copyOf(transports);
    formats = List.copyOf(formats);
  }

  /// Reads a policy file, all of it or nothing.
  ///
  /// @throws OciException naming the file and the key that is unknown, doubled, missing or wrong
  public static PolicyFile read(Path file, List<SignatureFormat<?>> formats) {
    try (var in = Files.newInputStream(file)) {
      return parse(in.readNBytes(Json.LARGEST_DOCUMENT + 1), formats);
    } catch (OciException e) {
      throw e.during("read policy \"%s\"".formatted(file));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read policy \"%s\": %s".formatted(file, Reason.of(e)), e);
    }
  }

  /// Reads the user's policy, or else the system's.
  ///
  /// @param environment of the process; `HOME` leads to the user's file
  /// @throws OciException of category `NOT_FOUND` where there is neither: no policy is no
  ///   permission
  public static PolicyFile find(Map<String, String> environment, List<SignatureFormat<?>> formats) {
    var home = environment.getOrDefault("HOME", "");
    var user = home.isEmpty() ? Stream.<Path>empty() : Stream.of(Path.of(home, USER));
    var files = Stream.concat(user, Stream.of(SYSTEM)).toList();
    return files.stream()
        .filter(Files::exists)
        .findFirst()
        .map(file -> read(file, formats))
        .orElseThrow(() -> notFound(files));
  }

  static PolicyFile parse(byte[] json, List<SignatureFormat<?>> formats) {
    return PolicyReader.policy(Json.readTree(json, "policy"), formats);
  }

  /// @throws OciException where signatures could not be read, which is not a verdict on them
  @Override
  public Verdict evaluate(Candidate candidate) {
    var evaluation = new Evaluation(candidate, formats);
    for (var requirement : requirements(candidate.identity())) {
      var reason = evaluation.refusal(requirement);
      if (reason != null) {
        return new Verdict.Rejected(reason, demand(requirement, candidate.identity()));
      }
    }
    return new Verdict.Accepted(candidate.artifact());
  }

  @Override
  public boolean acceptsUnseen(ImageIdentity identity) {
    return requirements(identity).stream()
        .allMatch(Requirement.InsecureAcceptAnything.class::isInstance);
  }

  /// What [#evaluate] would say, requirement by requirement; none is left out after a refusal.
  public Explanation explain(Candidate candidate) {
    var evaluation = new Evaluation(candidate, formats);
    var demands =
        requirements(candidate.identity()).stream()
            .map(r -> new Explanation.Demand(Explanation.text(r), evaluation.refusal(r)))
            .toList();
    return new Explanation(
        candidate.identity().transport(), scope(candidate.identity()).orElse(null), demands);
  }

  /// This policy, and of every image a signature that it demands: what it accepts unsigned is
  /// rejected.
  public Policy requiringSignatures() {
    return candidate ->
        requirements(candidate.identity()).stream().anyMatch(Requirement::isOfSignatures)
            ? evaluate(candidate)
            : new Verdict.Rejected(
                "a signature is required by --require-signed, but the policy demands none of images"
                    + " from there",
                null);
  }

  /// What is demanded of images at a place: only the most specific scope counts.
  public List<Requirement> requirements(ImageIdentity identity) {
    var scopes = transports.getOrDefault(identity.transport(), Map.of());
    return scope(identity).map(scope -> scopes.getOrDefault(scope, fallback)).orElse(fallback);
  }

  /// A requirement and where it stands, in words.
  private String demand(Requirement requirement, ImageIdentity identity) {
    var place = Explanation.place(identity.transport(), scope(identity).orElse(null));
    return Quoted.escape(Explanation.text(requirement)) + "; " + place;
  }

  /// The most specific scope of a place that this policy names.
  private Optional<String> scope(ImageIdentity identity) {
    var scopes = transports.getOrDefault(identity.transport(), Map.of());
    return Stream.concat(identity.scopes().stream(), Stream.of(""))
        .filter(scopes::containsKey)
        .findFirst();
  }

  private static OciException notFound(List<Path> files) {
    return new OciException(
        OciException.Category.NOT_FOUND,
        "find a policy: none of %s exists; create one, or use --policy or --insecure-policy"
            .formatted(files));
  }
}
