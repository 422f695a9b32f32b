package dev.ocij.buildah.run;

import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// What containers of a user with subordinate ids share.
@Tag("distribution")
@Tag("namespace")
class UserSharingTest extends SharingContract {
  private static OrdinaryUser user;
  private static BusyboxStore theirs;

  @BeforeAll
  static void enter() {
    user = OrdinaryUser.withSubordinateIds();
    theirs = BusyboxStore.of(user);
  }

  @AfterAll
  static void leave() {
    user.close();
  }

  @Override
  BusyboxStore makeStore() {
    return theirs;
  }

  @Override
  Outcome as(String... line) {
    return user.run(line);
  }
}
