package dev.ocij.runtime.ownership;

/// How a call names a file.
///
/// @param directory a descriptor of the thread, or [#CURRENT_DIRECTORY]
/// @param path the address of the text, or [#NO_PATH] for the descriptor itself
/// @param follow whether a link at the end is followed
record Named(long thread, int directory, long path, boolean follow) {
  static final int CURRENT_DIRECTORY = -100;
  static final long NO_PATH = 0;
}
