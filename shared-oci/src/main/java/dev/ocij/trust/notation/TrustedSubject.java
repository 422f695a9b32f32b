package dev.ocij.trust.notation;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// Whose certificate it must be: anybody's, or one whose subject has these parts.
///
/// @param parts of the subject's name; none for anybody
record TrustedSubject(List<Rdn> parts) {
  private static final String PREFIX = "x509.subject:";
  private static final Set<String> REQUIRED = Set.of("C", "O", "ST");

  TrustedSubject {
    parts = List.copyOf(parts);
  }

  /// @param text `*`, or `x509.subject: C=…, ST=…, O=…`
  static TrustedSubject parse(String text) {
    if (text.equals("*")) {
      return new TrustedSubject(List.of());
    }
    try {
      if (text.startsWith(PREFIX)) {
        var parts = new LdapName(text.substring(PREFIX.length()).strip()).getRdns();
        var kinds = new TreeSet<>(parts.stream().map(Rdn::getType).toList());
        if (kinds.containsAll(REQUIRED) && kinds.size() == parts.size()) {
          return new TrustedSubject(parts);
        }
      }
    } catch (InvalidNameException | IllegalArgumentException e) {
      throw invalid(text, e); // the latter for values in hexadecimal that are none
    }
    throw invalid(text, new IllegalArgumentException(text));
  }

  boolean is(X509Certificate certificate) {
    try {
      var name = new LdapName(certificate.getSubjectX500Principal().getName());
      return name.getRdns().containsAll(parts);
    } catch (InvalidNameException | IllegalArgumentException _) {
      return false;
    }
  }

  private static OciException invalid(String text, Exception cause) {
    return new OciException(
        OciException.Category.INVALID,
        "trusted identity %s: expected * or x509.subject: with C, ST and O, each part once"
            .formatted(Quoted.of(text)),
        cause);
  }
}
