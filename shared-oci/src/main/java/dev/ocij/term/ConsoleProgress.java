package dev.ocij.term;

import dev.ocij.copy.Progress;
import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.name.Location;
import dev.ocij.spec.Descriptor;
import dev.ocij.trust.Signature;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A copy told in the peers' lines, one for each step: what goes to a terminal, a log or nowhere.
public record ConsoleProgress(PrintWriter out) implements Progress {
  /// Where the lines of a copy go that ends at `to`: to standard output only where a person watches
  /// it and the image itself does not go there.
  public static ConsoleProgress of(Options options, Location to) {
    boolean watched = StandardOutput.isTerminal() && !isStream(to);
    return new ConsoleProgress(watched ? options.out() : options.err());
  }

  /// Whether a location is a pipe or device, such as `docker-archive:/dev/stdout`.
  private static boolean isStream(Location to) {
    var path = Path.of(to.rest().split(":", 2)[0]);
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  @Override
  public void readingSignatures() {
    say("Getting image source signatures");
  }

  @Override
  public void copyingLayer(Blob layer) {
    say("Copying blob " + digest(layer));
  }

  @Override
  public void copyingConfig(Blob config) {
    say("Copying config " + digest(config));
  }

  @Override
  public void writingManifest(Document manifest) {
    say("Writing manifest to image destination");
  }

  @Override
  public void storingSignatures() {
    say("Storing signatures");
  }

  @Override
  public void signing(Signature made) {
    var kind =
        switch (made) {
          case Signature.Sigstore _, Signature.Bundle _ -> "a sigstore signature";
          case Signature.Simple _ -> "simple signing";
          case Signature.Notation _ -> "a signature of the Notary Project";
        };
    say("Creating signature: Signing image using " + kind);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  /// The digest that the source knows a blob by.
  private static String digest(Blob blob) {
    var origin = origin(blob);
    return origin == null ? blob.mediaType().toString() : origin.digest().toString();
  }

  /// What the source knows a blob by; null for one that is made from nothing.
  static @Nullable Descriptor origin(Blob blob) {
    var origin = blob.origin();
    return origin == null ? null : origin.descriptor();
  }
}
