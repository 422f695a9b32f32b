package dev.ocij.testing;

import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/// Apache's file of passwords, in the one form that docker-registry reads: bcrypt.
final class Htpasswd {

  private static final int LOWEST_COST = 4;
  private static final int SALT_BYTES = 16;

  private Htpasswd() {}

  static String line(String user, String password) {
    var salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return "%s:%s%n"
        .formatted(user, OpenBSDBCrypt.generate("2y", password.toCharArray(), salt, LOWEST_COST));
  }
}
