package dev.ocij.buildah.run;

import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// Containers of a user with subordinate ids.
@Tag("distribution")
@Tag("namespace")
class UserLifeTest extends LifeContract {
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

  @Override
  List<String> prefix() {
    return user.with().command();
  }
}
