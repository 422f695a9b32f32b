package dev.ocij.linux;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A kernel that only writes down what it is asked: each call succeeds with 0, unless its name is
/// given another result.
public final class RecordedSyscalls implements Syscalls {
  private final Map<String, Long> results;
  private final List<SystemCall> calls = new ArrayList<>();
  private final List<Spawn> spawns = new ArrayList<>();

  public RecordedSyscalls(Map<String, Long> results) {
    this.results = Map.copyOf(results);
  }

  public List<SystemCall> calls() {
    return List.copyOf(calls);
  }

  public List<Spawn> spawns() {
    return List.copyOf(spawns);
  }

  @Override
  public long call(SystemCall call) {
    calls.add(call);
    return results.getOrDefault(call.name(), 0L);
  }

  /// The child's calls end as the results say; it stops where one may not fail.
  @Override
  public Spawned spawn(Spawn spawn) {
    spawns.add(spawn);
    var outcome = new long[spawn.calls().size()];
    Arrays.fill(outcome, Spawned.NOT_RETURNED);
    for (int i = 0; i < outcome.length; i++) {
      var call = spawn.calls().get(i);
      if (call.name().equals("execve") && !results.containsKey("execve")) {
        break;
      }
      outcome[i] = call(call);
      if (!call.tolerance().accepts(outcome[i])) {
        break;
      }
    }
    return new Spawned(1234, spawn, outcome);
  }
}
