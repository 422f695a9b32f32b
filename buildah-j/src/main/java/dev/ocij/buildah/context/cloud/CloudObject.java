package dev.ocij.buildah.context.cloud;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of an object in the store of a cloud.
public sealed interface CloudObject {
  /// `s3://BUCKET/KEY`.
  record S3(String bucket, String key) implements CloudObject {
    @Override
    public String toString() {
      return "s3://%s/%s".formatted(bucket, Percent.path(key));
    }
  }

  /// `gs://BUCKET/OBJECT`.
  record Google(String bucket, String object) implements CloudObject {
    @Override
    public String toString() {
      return "gs://%s/%s".formatted(bucket, Percent.path(object));
    }
  }

  /// `https://ACCOUNT.blob.core.windows.net/CONTAINER/BLOB`.
  ///
  /// @param path as it is in the URL, with a slash before it
  /// @param query what a shared access signature consists of; empty for none
  record Azure(String host, String path, String query) implements CloudObject {
    /// The account that the host is called after.
    String account() {
      return host.substring(0, host.indexOf('.'));
    }

    @Override
    public String toString() {
      return "https://" + host + path;
    }
  }

  /// What is meant where only a bucket is named.
  String USUAL_NAME = "context.tar.gz";

  /// @return empty where it names something else
  /// @throws OciException of category `USAGE` where it is such a name, and cannot be one
  static Optional<CloudObject> parse(String text) {
    var names = Names.BUCKET.matcher(text);
    if (names.matches()) {
      return Optional.of(bucket(text, names.group("scheme"), names.group("bucket"), key(names)));
    }
    if (Names.SCHEME.matcher(text).lookingAt()) {
      throw invalid(text, "expected a bucket and a name in it, as in s3://BUCKET/KEY");
    }
    var azure = Names.AZURE.matcher(text);
    return azure.matches()
        ? Optional.of(new Azure(azure.group("host"), azure.group("path"), query(azure)))
        : Optional.empty();
  }

  private static String key(Matcher names) {
    var key = names.group("key");
    return key == null || key.isEmpty() ? USUAL_NAME : key;
  }

  private static String query(Matcher azure) {
    var query = azure.group("query");
    return query == null ? "" : query;
  }

  private static CloudObject bucket(String text, String scheme, String bucket, String written) {
    var key = Percent.decoded(written);
    if (Names.DOTS.matcher(key).find()) {
      throw invalid(text, "a step \".\" or \"..\" in a name leads nowhere in a bucket");
    }
    return scheme.equals("s3") ? new S3(bucket, key) : new Google(bucket, key);
  }

  private static OciException invalid(String text, String why) {
    return new OciException(
        OciException.Category.USAGE, "open build context %s: %s".formatted(Quoted.of(text), why));
  }

  /// How objects are called. A bucket becomes part of a host's name, so that it has no more than
  /// the letters of one.
  final class Names {
    private static final Pattern SCHEME = Pattern.compile("(?:s3|gs)://");
    private static final Pattern BUCKET =
        Pattern.compile(
            "(?<scheme>s3|gs)://(?<bucket>[A-Za-z0-9][A-Za-z0-9._-]{1,254})(?:/(?<key>[^?#]*))?");
    private static final Pattern DOTS = Pattern.compile("(?:^|/)\\.\\.?(?:/|$)");

    /// Hosts of Microsoft alone: they get what is signed with the key of the account.
    private static final Pattern AZURE =
        Pattern.compile(
            "https://(?<host>[a-z0-9]{3,24}(?:\\.z[0-9]{1,2})?\\.blob\\."
                + "(?:core\\.(?:windows\\.net|chinacloudapi\\.cn|usgovcloudapi\\.net|cloudapi\\.de)"
                + "|storage\\.azure\\.net))(?<path>/[^/?#]+/[^?#]+)(?:\\?(?<query>[^#]*))?");

    private Names() {}
  }
}
