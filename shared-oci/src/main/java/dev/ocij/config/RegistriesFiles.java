package dev.ocij.config;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of registries.conf(5): a main one, and what is dropped beside it.
///
/// @param main the file that was named, or the user's, or the system's
/// @param named whether somebody named it, so that it must be there
/// @param dropIns in the order in which they are read, after the main one
record RegistriesFiles(Path main, boolean named, List<Path> dropIns) {
  private static final String NAME = "containers/registries.conf";
  static final String VARIABLE = "CONTAINERS_REGISTRIES_CONF";
  static final String FOLDER = "CONTAINERS_REGISTRIES_CONF_DIR";

  RegistriesFiles {
    dropIns = List.copyOf(dropIns);
  }

  static RegistriesFiles of(Environment environment) {
    var user = environment.userConfig().resolve(NAME);
    var system = environment.system("etc/" + NAME);
    var named = environment.variable(VARIABLE).map(Path::of);
    boolean own = named.isEmpty() && Files.exists(user);
    var folders =
        environment
            .variable(FOLDER)
            .map(folder -> Stream.of(Path.of(folder)))
            .orElse(own ? Stream.of(beside(user)) : Stream.of(beside(system), beside(user)));
    var dropIns = folders.map(RegistriesFiles::list).flatMap(List::stream).toList();
    return new RegistriesFiles(named.orElse(own ? user : system), named.isPresent(), dropIns);
  }

  /// Each file's content, the main one first; empty for a main file that need not be there.
  ///
  /// @throws OciException where one is no TOML
  List<Parsed> read() {
    var all = new ArrayList<Parsed>();
    if (named || Files.exists(main)) {
      all.add(parse(main));
    }
    dropIns.forEach(file -> all.add(parse(file)));
    return all;
  }

  /// Where people may look for the reason of a refusal.
  String shown() {
    var folder = dropIns.isEmpty() ? beside(main) : dropIns.getLast().resolveSibling("");
    return "%s or %s".formatted(main, folder);
  }

  static Parsed parse(Path file) {
    try {
      return new Parsed(file, TomlTable.parse(Files.readString(file)));
    } catch (OciException e) {
      throw failed(file, Quoted.escape(e.sentence()), e);
    } catch (NoSuchFileException e) {
      throw failed(file, "no such file or directory", e);
    } catch (IOException e) {
      throw failed(file, Reason.of(e), e);
    }
  }

  static OciException failed(Path file, String found, @Nullable Exception cause) {
    return new OciException(
        OciException.Category.INVALID,
        "read %s: %s".formatted(Quoted.escape(file.toString()), found),
        cause);
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".d");
  }

  private static List<Path> list(Path directory) {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    } catch (IOException _) {
      return List.of(); // a directory that is not there, or not for us
    }
  }

  /// One file's content.
  record Parsed(Path file, TomlTable table) {}
}
