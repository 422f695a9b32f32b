package dev.ocij.http;

import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.Response;

/// Passes on what registries want people to know: distribution-spec, "Warnings".
public record WarningInterceptor(Consumer<String> warnings) implements Interceptor {
  private static final Pattern WARNING = Pattern.compile("299 - \"((?:[^\"\\\\]|\\\\.)*)\".*");
  private static final int LONGEST = 1000;

  @Override
  public Response intercept(Chain chain) throws IOException {
    var response = chain.proceed(chain.request());
    for (var header : response.headers("Warning")) {
      var found = WARNING.matcher(header);
      if (found.matches() && header.length() <= LONGEST) {
        warnings.accept(
            "%s: %s".formatted(response.request().url().host(), Quoted.escape(found.group(1))));
      }
    }
    return response;
  }
}
