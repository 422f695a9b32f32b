package dev.ocij.transport.registry;

import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import java.io.IOException;
import java.util.Optional;
import okhttp3.HttpUrl;

/// A list that comes in pages: a registry may go on for ever, and nobody's memory does.
record Pages(RegistryCalls calls, String attempt) {
  private static final int MOST_PAGES = 10_000;
  private static final int MOST_ENTRIES = 500_000;
  private static final long MOST_BYTES = 32 << 20;

  /// What takes one page.
  @FunctionalInterface
  interface Page {
    /// @return how many entries there are by now; less than none where this is no page of it
    int take(RegistryCalls.Answer page) throws IOException;
  }

  /// Reads page after page, on the registry's own origin only.
  ///
  /// @return false where one was no page of the list
  /// @throws OciException where the list does not end, or is larger than any that people have
  boolean read(HttpUrl first, Page page) throws IOException {
    var next = Optional.of(first);
    long bytes = 0;
    for (int count = 1; next.isPresent(); count++) {
      var answer = calls.document(calls.get(next.get()), attempt);
      bytes += answer.bytes().length;
      int entries = page.take(answer);
      if (entries < 0) {
        return false;
      }
      var following = NextPage.of(answer.response());
      if (following.equals(next)) {
        throw endless("a page that names itself as the next");
      }
      if (count >= MOST_PAGES || entries > MOST_ENTRIES || bytes > MOST_BYTES) {
        throw endless(
            "more than %d pages, %d entries or %d bytes"
                .formatted(MOST_PAGES, MOST_ENTRIES, MOST_BYTES));
      }
      next = following;
    }
    return true;
  }

  private OciException endless(String found) {
    return new OciException(
        Category.INVALID, "%s: the registry gives %s".formatted(attempt, found));
  }
}
