package dev.ocij.term;

import java.util.concurrent.Callable;

/// One command of a [Program]: what it may be told, and what it then does.
///
/// A command is made for one invocation. Its fields are what [Options] answered for each option;
/// they have values from the moment that [#call()] begins.
public interface Command extends Callable<Integer> {

  Options options();

  /// Does what was asked, printing to [Options#out()]; answers the exit code of the program.
  @Override
  Integer call() throws Exception;
}
