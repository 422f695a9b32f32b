package dev.ocij.buildah.run;

import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Whose containers a test class is about.
interface ContainerUser extends BeforeAllCallback, AfterAllCallback {
  /// A store of the user's own.
  ///
  /// @param folder of one test
  BusyboxStore store(Path folder);

  /// A line that the user runs.
  Run with(String... line);

  /// Has a new store in each test.
  final class Root implements ContainerUser {
    @Override
    public void beforeAll(ExtensionContext context) {
      Require.root();
    }

    @Override
    public BusyboxStore store(Path folder) {
      return BusyboxStore.in(folder);
    }

    @Override
    public Run with(String... line) {
      return Run.of(List.of(line));
    }

    @Override
    public void afterAll(ExtensionContext context) {}
  }

  /// Has one store for all tests of the class.
  final class WithSubordinateIds implements ContainerUser {
    private @Nullable OrdinaryUser user;
    private @Nullable BusyboxStore store;

    @Override
    public void beforeAll(ExtensionContext context) {
      user = OrdinaryUser.withSubordinateIds();
      store = BusyboxStore.of(user);
    }

    @Override
    public BusyboxStore store(Path folder) {
      return Objects.requireNonNull(store);
    }

    @Override
    public Run with(String... line) {
      return Objects.requireNonNull(user).with(line);
    }

    @Override
    public void afterAll(ExtensionContext context) {
      if (user != null) {
        user.close();
      }
    }
  }
}
