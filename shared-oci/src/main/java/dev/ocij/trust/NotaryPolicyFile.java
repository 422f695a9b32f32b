package dev.ocij.trust;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The Notary Project's `trustpolicy.json`, and the trust stores beside it.
public record NotaryPolicyFile(Path folder, List<NotaryStatement> statements) {
  private static final String ANYWHERE = "*";

  public NotaryPolicyFile {
    statements = List.copyOf(statements);
  }

  /// @throws OciException naming the file and what in it is unknown, missing or wrong
  public static NotaryPolicyFile read(Path file) {
    try (var in = Files.newInputStream(file)) {
      var root = Json.readTree(in.readNBytes(Json.LARGEST_DOCUMENT + 1), "trust policy");
      var folder = file.toAbsolutePath().getParent();
      return new NotaryPolicyFile(
          folder == null ? Path.of("/") : folder,
          statements(StrictObject.of(root, "trust policy")));
    } catch (OciException e) {
      throw e.during("read \"%s\"".formatted(file));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read \"%s\": %s".formatted(file, Reason.of(e)), e);
    }
  }

  /// Whose signatures count for a repository: by the statement that names it, or else by the one
  /// for all.
  ///
  /// @param repository null where the image has none
  /// @throws OciException where no statement is for it, or verifies nothing
  public TrustedSigner.Notary signer(@Nullable String repository) {
    return find(String.valueOf(repository)).signer(folder.resolve("truststore/x509"));
  }

  private NotaryStatement find(String repository) {
    for (var scope : List.of(repository, ANYWHERE)) {
      for (var statement : statements) {
        if (statement.scopes().contains(scope)) {
          return statement;
        }
      }
    }
    throw new OciException(
        OciException.Category.REJECTED,
        "trust policy: no statement is for %s".formatted(Quoted.of(repository)));
  }

  private static List<NotaryStatement> statements(StrictObject json) {
    var version = json.text("version");
    if (!version.equals("1.0")) {
      throw json.invalid("version %s is not known".formatted(Quoted.of(version)));
    }
    var all = new ArrayList<NotaryStatement>();
    var names = new HashSet<String>();
    var scopes = new HashSet<String>();
    for (var node : json.take("trustPolicies")) {
      var statement = NotaryStatement.read(StrictObject.of(node, "trust policy: statement"));
      all.add(statement);
      if (!names.add(statement.name())) {
        throw json.invalid("the name %s is there twice".formatted(Quoted.of(statement.name())));
      }
      for (var scope : statement.scopes()) {
        if (!scopes.add(scope)) {
          throw json.invalid("the scope %s is there twice".formatted(Quoted.of(scope)));
        }
      }
    }
    json.end();
    return all;
  }
}
