package dev.ocij.buildah.context;

import dev.ocij.buildah.context.cloud.CloudObject;
import dev.ocij.buildah.context.cloud.CloudObjects;
import dev.ocij.buildah.overlay.BuildFolder;
import dev.ocij.buildah.sourcepolicy.BuildSource;
import dev.ocij.buildah.sourcepolicy.SourcePolicy;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.transport.registry.WebFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a build fetches from elsewhere, each place once. Closing it removes all.
public final class Downloads implements Closeable {
  private static final Pattern WEB = Pattern.compile("https?://.*");
  private static final String UNNAMED = "unnamed";

  private final WebFiles web;
  private final Path containers;
  private final SourcePolicy policy;
  private final GitAccess access;
  private final Map<WebFile, Path> files = new HashMap<>();
  private final Map<GitAddress, GitCheckout> checkouts = new HashMap<>();
  private @Nullable BuildFolder folder;

  /// @param containers where folders of builds are kept
  public Downloads(WebFiles web, Path containers) {
    this(web, containers, SourcePolicy.NONE, GitAccess.USUAL);
  }

  /// @param policy what may be fetched
  /// @param access to servers of repositories
  public Downloads(WebFiles web, Path containers, SourcePolicy policy, GitAccess access) {
    this.access = access;
    this.web = web;
    this.containers = containers;
    this.policy = policy;
  }

  /// Whether the text names a file of the web.
  public static boolean isWeb(String text) {
    return WEB.matcher(text).matches();
  }

  /// The name that a file of the web gets where nobody gives it one.
  ///
  /// @throws OciException of category `USAGE` where its URL holds none
  public static String name(String url) {
    var name = lastOf(url);
    if (name.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "fetch %s: the URL names no file; give the destination a name".formatted(Quoted.of(url)));
    }
    return name;
  }

  /// A file of the web, readable by its owner alone and as old as the server says, or else from
  /// 1970. It is called as its URL does.
  ///
  /// @param checksum that it must have; null for any
  public synchronized Path file(String url, @Nullable Digest checksum) throws IOException {
    var source = policy.judge(BuildSource.file(url, checksum));
    return checked(source, fetched(new WebFile(source.identifier(), lastOf(url), false)));
  }

  /// An archive for a context, from the web or from the store of a cloud, where the caller's
  /// credentials are asked for.
  public synchronized Path context(String place) throws IOException {
    var source = policy.judge(BuildSource.file(place, null));
    return checked(source, fetched(new WebFile(source.identifier(), UNNAMED, true)));
  }

  private static Path checked(BuildSource source, Path file) throws IOException {
    var wanted = source.attributes().get(BuildSource.CHECKSUM);
    if (wanted != null) {
      verify(source.identifier(), file, wanted);
    }
    return file;
  }

  private Path fetched(WebFile wanted) throws IOException {
    var known = files.get(wanted);
    if (known == null) {
      known = newFolder().resolve(wanted.name().isEmpty() ? UNNAMED : wanted.name());
      var object =
          wanted.trusted() ? CloudObject.parse(wanted.url()) : Optional.<CloudObject>empty();
      var modified =
          object.isPresent()
              ? new CloudObjects(web).fetch(object.get(), known)
              : web.fetch(wanted.url(), known);
      Files.setPosixFilePermissions(known, PosixFilePermissions.fromString("rw-------"));
      Files.setLastModifiedTime(
          known, FileTime.from(Objects.requireNonNullElse(modified, Instant.EPOCH)));
      files.put(wanted, known);
    }
    return known;
  }

  private static void verify(String url, Path file, String wanted) throws IOException {
    var expected = checksum(url, wanted);
    var got = digest(file, expected.algorithm());
    if (!got.equals(expected)) {
      throw new OciException(
          OciException.Category.INVALID,
          "fetch %s: expected %s, got %s".formatted(Quoted.escape(url), expected, got));
    }
  }

  /// That of a step was read before; a policy may have any.
  private static Digest checksum(String url, String wanted) {
    try {
      return Digest.parse(wanted);
    } catch (OciException e) {
      throw e.during(
          "fetch %s with the checksum of the source policy".formatted(Quoted.escape(url)));
    }
  }

  public synchronized GitCheckout git(GitAddress asked) throws IOException {
    var address = asked.judged(policy);
    var known = checkouts.get(address);
    if (known == null) {
      known = GitCheckout.fetch(address, newFolder(), access);
      checkouts.put(address, known);
    }
    return known;
  }

  /// What is fetched, and as what it is kept.
  ///
  /// @param trusted whether the caller named it, and not a Containerfile
  private record WebFile(String url, String name, boolean trusted) {}

  /// Something that was fetched.
  ///
  /// @param uri where it is; without credentials, and without a query, which may hold some
  /// @param algorithm of the digest, `gitCommit` for a commit
  /// @param hex the digest
  public record Fetched(String uri, String algorithm, String hex) {}

  /// What was fetched so far.
  public synchronized List<Fetched> fetched() throws IOException {
    var all = new ArrayList<Fetched>();
    for (var file : files.entrySet()) {
      var digest = digest(file.getValue(), Digest.Algorithm.SHA256);
      all.add(new Fetched(withoutSecrets(file.getKey().url()), "sha256", digest.hex()));
    }
    checkouts.forEach((address, checkout) ->
        all.add(
            new Fetched(
                "git+" + withoutSecrets(address.remote()), "gitCommit", checkout.commit())));
    return all;
  }

  private static Digest digest(Path file, Digest.Algorithm algorithm) throws IOException {
    var hash = algorithm.newHash();
    try (var in = new DigestInputStream(Files.newInputStream(file), hash)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Digest.from(algorithm, hash.digest());
  }

  /// `user@host:path` is ssh, too.
  private static String withoutSecrets(String url) {
    var whole = url.contains("://") ? url : "ssh://" + url.replaceFirst(":", "/");
    return whole.replaceFirst("://[^/@]*@", "://").replaceFirst("[?#].*", "");
  }

  /// An empty folder that goes with the others.
  synchronized Path newFolder() throws IOException {
    if (folder == null) {
      folder = BuildFolder.open(containers);
    }
    return folder.next();
  }

  private static String lastOf(String url) {
    try {
      var path = Objects.requireNonNullElse(URI.create(url).getPath(), "");
      var name = path.substring(path.lastIndexOf('/') + 1);
      return name.equals(".") || name.equals("..") ? "" : name;
    } catch (IllegalArgumentException e) {
      throw new OciException(
          OciException.Category.USAGE, "fetch %s: not a URL".formatted(Quoted.of(url)), e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (folder != null) {
      folder.close();
    }
  }
}
