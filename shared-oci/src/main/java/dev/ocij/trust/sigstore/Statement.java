package dev.ocij.trust.sigstore;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.trust.BadSignatureException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Something said of artifacts: in-toto's Statement.
///
/// @param subjects what it is said of
/// @param predicateType what kind of thing is said
public record Statement(List<Digest> subjects, String predicateType, JsonNode predicate) {
  /// The media type of one that nobody signed.
  public static final String MEDIA_TYPE = Envelope.STATEMENT;

  static final String TYPE = "https://in-toto.io/Statement/v1";
  private static final List<String> TYPES = List.of(TYPE, "https://in-toto.io/Statement/v0.1");
  private static final int MOST_SUBJECTS = 1024;

  public Statement {
    subjects = List.copyOf(subjects);
  }

  /// Reads a statement, one that need not be signed or whose signature holds already.
  ///
  /// @throws BadSignatureException where it is none, or of nothing that has a digest we know
  public static Statement parse(byte[] json) {
    try {
      return parse(Json.readTree(json, "statement"));
    } catch (BadSignatureException e) {
      throw e;
    } catch (OciException e) {
      throw new BadSignatureException("invalid statement: " + e.sentence(), e);
    }
  }

  /// The JSON form, as cosign writes it.
  public byte[] toJson() {
    var json = new LinkedHashMap<String, Object>();
    json.put("_type", TYPE);
    json.put("subject", subjects.stream().map(Statement::subject).toList());
    json.put("predicateType", predicateType);
    json.put("predicate", predicate);
    return Json.write(json);
  }

  private static Map<String, Object> subject(Digest digest) {
    var subject = new LinkedHashMap<String, Object>();
    subject.put("digest", Map.of(digest.algorithm().prefix(), digest.hex()));
    subject.put("annotations", Map.of());
    return subject;
  }

  private static Statement parse(JsonNode root) {
    var type = root.path("_type").asText();
    if (!TYPES.contains(type)) {
      throw new BadSignatureException("%s is no statement".formatted(Quoted.of(type)));
    }
    var predicateType = root.path("predicateType").asText();
    if (predicateType.isEmpty()) {
      throw new BadSignatureException("the statement has no predicate type");
    }
    return new Statement(subjects(root.path("subject")), predicateType, root.path("predicate"));
  }

  private static List<Digest> subjects(JsonNode all) {
    if (all.size() > MOST_SUBJECTS) {
      throw new BadSignatureException(
          "%d subjects are more than the %d that are looked at"
              .formatted(all.size(), MOST_SUBJECTS));
    }
    var digests = new ArrayList<Digest>();
    for (var subject : all) {
      var hex = subject.path("digest").path("sha256").asText();
      if (!hex.isEmpty()) {
        digests.add(Digest.parse("sha256:" + hex));
      }
    }
    if (digests.isEmpty()) {
      throw new BadSignatureException("the statement is of nothing with a SHA-256 digest");
    }
    return digests;
  }
}
