package dev.ocij.buildah.context;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A Containerfile that goes through cpp(1), as those do whose names end with `.in`.
public final class Preprocessed {
  /// Comments are none of the preprocessor's business.
  private static final Pattern COMMENT =
      Pattern.compile(
          "(?m)^[ \\t]*#(?![ \\t]*(?:define|undef|include|ifdef|ifndef|if|else|elif|endif|error"
              + "|warning|line|pragma)\\b).*$");

  private Preprocessed() {}

  public static boolean isWanted(Path file) {
    return file.toString().endsWith(".in");
  }

  /// @param context where `#include "…"` looks
  /// @param flags for cpp
  public static String read(Path file, Path context, List<String> flags) throws IOException {
    var attempt = "read %s".formatted(Quoted.escape(file.toString()));
    var line = new ArrayList<>(List.of("cpp", "-E", "-P", "-traditional", "-undef"));
    line.addAll(List.of("-iquote", context.toString()));
    line.addAll(flags);
    line.add("-");
    var text = COMMENT.matcher(Files.readString(file)).replaceAll("");
    var ended = new Program(new ProcessBuilder(line), attempt).run(text);
    if (ended.status() != 0) {
      var first = ended.err().lines().findFirst().orElse("it failed");
      throw new OciException(
          OciException.Category.INVALID, "%s: cpp: %s".formatted(attempt, Quoted.escape(first)));
    }
    return ended.out();
  }
}
