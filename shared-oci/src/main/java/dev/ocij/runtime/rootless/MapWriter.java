package dev.ocij.runtime.rootless;

import dev.ocij.linux.Pipe;
import dev.ocij.runtime.IdMap;
import dev.ocij.runtime.LinuxConfig;
import dev.ocij.runtime.LinuxConfig.IdMapping;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gives ids to a process that is started in a user namespace of its own. It waits for them: nobody
/// inside may map more than one. Closing it waits until that is done, or the process has failed.
final class MapWriter implements AutoCloseable {
  /// One at a time: the process is known by having no ids yet.
  private static final Semaphore ONE = new Semaphore(1);

  private final Pipe ready;
  private final Pipe mapped;
  private final Thread thread;
  private final LongConsumer mappedNow;
  private volatile @Nullable String failure;

  private MapWriter(LinuxConfig linux, LongConsumer mappedNow) throws IOException {
    this.mappedNow = mappedNow;
    ready = Pipe.open();
    mapped = Pipe.open();
    thread = Thread.ofPlatform().daemon().name("ids").start(() -> await(linux));
  }

  /// @param mapped gets the process when it has its ids, and before it goes on
  static MapWriter of(LinuxConfig linux, LongConsumer mapped) {
    ONE.acquireUninterruptibly();
    try {
      return new MapWriter(linux, mapped);
    } catch (IOException e) {
      ONE.release();
      throw new OciException(Category.IO, "map the container's ids: " + Reason.of(e), e);
    }
  }

  /// What the process does first.
  InitAction awaiting() {
    return new InitAction.AwaitStart(ready.input(), mapped.outputDescriptor());
  }

  /// Why the process has been ended before it went on; null where it was not.
  @Nullable String failure() {
    return failure;
  }

  private void await(LinuxConfig linux) {
    try {
      if (ready.output().read() >= 0) {
        write(linux);
      }
    } catch (IOException e) {
      failure = "start the container: map its ids: " + Reason.of(e);
    } catch (OciException e) {
      failure = e.sentence();
    }
  }

  private void write(LinuxConfig linux) throws IOException {
    var process =
        ProcessHandle.current()
            .children()
            .filter(child -> isEmpty(map(child, "uid")))
            .findFirst()
            .orElseThrow(() -> new IOException("the process is gone"));
    try {
      Files.writeString(map(process, "gid"), text("gid", linux.gidMappings()));
      Files.writeString(map(process, "uid"), text("uid", linux.uidMappings()));
      mappedNow.accept(process.pid());
      mapped.source().write(1);
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static Path map(ProcessHandle process, String kind) {
    return Path.of("/proc/" + process.pid() + "/" + kind + "_map");
  }

  private static boolean isEmpty(Path map) {
    try {
      return Files.readString(map).isEmpty();
    } catch (IOException _) {
      return false;
    }
  }

  private static String text(String kind, List<IdMapping> mappings) {
    return new IdMap(mappings)
        .within(IdMap.ofProcess(kind)).mappings().stream()
            .map(each -> each.containerID() + " " + each.hostID() + " " + each.size() + "\n")
            .collect(Collectors.joining());
  }

  @Override
  public void close() {
    try {
      ready.closeInput();
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      ready.close();
      mapped.close();
      ONE.release();
    }
  }
}
