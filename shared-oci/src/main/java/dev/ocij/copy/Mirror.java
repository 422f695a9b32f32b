package dev.ocij.copy;

import dev.ocij.image.Index;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Many copies planned as one: several images at a time, and none that is already there.
///
/// @param parallelImages how many images are on their way at a time
public record Mirror(Copier copier, int parallelImages) {
  /// What became of one copy.
  public sealed interface Result {
    /// @param written what the destination's name leads to
    record Copied(Descriptor written) implements Result {}

    /// The destination had the same manifest.
    record Present(Descriptor found) implements Result {}

    record Failed(Exception error) implements Result {}
  }

  /// Makes all copies; one that fails stops no other.
  ///
  /// @return a result for each, in the order of the requests
  public List<Result> copyAll(List<CopyRequest> requests) {
    var free = new Semaphore(parallelImages);
    try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      var started = new ArrayList<Future<Result>>();
      for (var request : requests) {
        started.add(tasks.submit(() -> limited(free, request)));
      }
      return started.stream().map(Mirror::result).toList();
    }
  }

  private Result limited(Semaphore free, CopyRequest request) throws InterruptedException {
    free.acquire();
    try {
      return copy(request);
    } finally {
      free.release();
    }
  }

  /// One copy, unless the destination has the same manifest already.
  public Result copy(CopyRequest request) {
    try {
      var present = present(request);
      return present.isPresent()
          ? new Result.Present(present.get())
          : new Result.Copied(copier.copy(request));
    } catch (OciException | IOException e) {
      return new Result.Failed(e);
    }
  }

  /// Who signs, or picks one image of an index, writes something new; and only what the policy
  /// accepts counts as present.
  private Optional<Descriptor> present(CopyRequest request) throws IOException {
    if (!request.signers().isEmpty() || !request.to().transport().equals("docker")) {
      return Optional.empty();
    }
    try (var source = copier.sources().openSource(request.from())) {
      var selected = request.selection().from(source.read());
      var original = selected.original();
      if (original == null
          || (selected instanceof Index && request.selection() instanceof Selection.IndexOnly)) {
        return Optional.empty();
      }
      var there = digestAt(request);
      if (!there.equals(Optional.of(original.descriptor().digest()))) {
        return Optional.empty();
      }
      var _ = new Gate(request.policy(), source).accept(selected);
      return Optional.of(original.descriptor());
    }
  }

  private Optional<Digest> digestAt(CopyRequest request) throws IOException {
    try (var there = copier.sinks().openSource(request.to())) {
      return Optional.of(there.document().digest());
    } catch (OciException e) {
      if (e.category() == OciException.Category.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
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
