package dev.ocij.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Policies for tests of formats.
public final class PolicyFiles {
  private PolicyFiles() {}

  /// The policy that makes one demand of every image.
  public static PolicyFile of(String requirement, SignatureFormat<?>... formats) {
    var json = "{\"default\":[%s]}".formatted(requirement);
    return PolicyFile.parse(json.getBytes(StandardCharsets.UTF_8), List.of(formats));
  }

  /// What a policy says of the one image of [Candidates] with these signatures.
  ///
  /// @param reason what the refusal contains; `-` where the image is to be accepted
  public static void assertVerdict(
      PolicyFile policy, List<? extends Signature> signatures, String reason) {
    var verdict =
        policy.evaluate(
            Candidates.of(Candidates.NAME, Candidates.manifest("a"), List.copyOf(signatures)));
    if (reason.equals("-")) {
      assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    } else {
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.Rejected.class, no -> assertThat(no.reason()).contains(reason));
    }
  }

  /// The value of a policy's key that ends in `Data`.
  public static String data(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }
}
