package dev.ocij.buildah.run;

import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// What containers of root's share.
@Tag("distribution")
@Tag("namespace")
@Tag("root")
class RootSharingTest extends SharingContract {
  @TempDir Path folder;

  @Override
  BusyboxStore makeStore() {
    Require.root();
    return BusyboxStore.in(folder);
  }

  @Override
  Outcome as(String... line) {
    return Run.of(List.of(line)).in(folder).outcome();
  }
}
