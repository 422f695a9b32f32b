package dev.ocij.copy;

import dev.ocij.image.Index;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.transport.Glimpse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Many copies planned as one: several images at a time, and none that is already there.
///
/// @param parallelImages how many images are on their way at a time
/// @param skipExisting whether a name that the destination has is left alone, whatever it leads to
/// @param again how often a copy that failed is made again
public record Mirror(Copier copier, int parallelImages, boolean skipExisting, Again again) {
  /// Makes a copy, and makes it again where that may help.
  @FunctionalInterface
  public interface Again {
    Result until(Attempt attempt) throws IOException;
  }

  /// One attempt at a copy.
  @FunctionalInterface
  public interface Attempt {
    Result make() throws IOException;
  }

  /// What became of one copy.
  public sealed interface Result {
    /// @param written what the destination's name leads to
    record Copied(Descriptor written) implements Result {}

    /// The destination had the same manifest.
    record Present(Descriptor found) implements Result {}

    record Failed(Exception error) implements Result {}

    /// Another failed before this one began.
    record NotBegun() implements Result {}
  }

  /// Makes all copies, those that have begun to their end.
  ///
  /// @param keepGoing whether others begin after one has failed
  /// @return a result for each, in the order of the requests
  public List<Result> copyAll(List<CopyRequest> requests, boolean keepGoing) {
    var failed = new AtomicBoolean();
    var free = new Semaphore(parallelImages);
    try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      var started = new ArrayList<Future<Result>>();
      for (var request : requests) {
        free.acquireUninterruptibly(); // here, so that they begin in their order
        started.add(tasks.submit(() -> limited(free, request, keepGoing ? null : failed)));
      }
      return started.stream().map(Mirror::result).toList();
    }
  }

  /// @param free where this one gives its place back
  /// @param failed whether one has failed, where that ends everything
  private Result limited(Semaphore free, CopyRequest request, @Nullable AtomicBoolean failed) {
    try {
      if (failed != null && failed.get()) {
        return new Result.NotBegun();
      }
      var result = copy(request);
      if (failed != null && result instanceof Result.Failed) {
        failed.set(true);
      }
      return result;
    } finally {
      free.release();
    }
  }

  /// One copy, unless the destination has the same manifest already.
  private Result copy(CopyRequest request) {
    try {
      return again.until(() -> attempt(request));
    } catch (OciException | IOException e) {
      return new Result.Failed(e);
    }
  }

  private Result attempt(CopyRequest request) throws IOException {
    var present = present(request);
    return present.isPresent()
        ? new Result.Present(present.get())
        : new Result.Copied(copier.copy(request));
  }

  /// What the destination has already, where that is all that the copy would bring: who signs,
  /// converts, or takes what is attached may write something new.
  private Optional<Descriptor> present(CopyRequest request) throws IOException {
    if (skipExisting) {
      return copier.sinks().glimpse(request.to()).map(Glimpse::descriptor);
    }
    if (request.beside().mayBeNew() || !request.fit().equals(Fit.AS_IT_IS)) {
      return Optional.empty();
    }
    var there = copier.sinks().glimpse(request.to()).map(Glimpse::descriptor);
    return there.isPresent() && isAccepted(request, there.get().digest())
        ? there
        : Optional.empty();
  }

  /// Whether the source has the same, and the policy accepts it. Nothing is read where one look at
  /// the source tells both.
  private boolean isAccepted(CopyRequest request, Digest there) throws IOException {
    var here = copier.sources().glimpse(request.from());
    if (here.isPresent()
        && request.selection().takesWhole(here.get().descriptor().mediaType())
        && request.policy().acceptsUnseen(here.get().identity())) {
      return here.get().descriptor().digest().equals(there);
    }
    try (var source = copier.sources().openSource(request.from())) {
      var selected = request.selection().from(source.read());
      var original = selected.original();
      if (original == null
          || (selected instanceof Index && request.selection() instanceof Selection.IndexOnly)
          || !original.descriptor().digest().equals(there)) {
        return false;
      }
      var _ = new Gate(request.policy(), source).accept(selected);
      return true;
    }
  }

  private static Result result(Future<Result> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Failed(e);
    } catch (ExecutionException e) {
      return new Result.Failed(new IllegalStateException(e.getCause()));
    }
  }
}
