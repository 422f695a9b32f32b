package dev.ocij.transport.registry;

import java.util.LinkedHashMap;
import java.util.Map;

/// A request to an interface of the web, with what lets it in. It is for that server alone: no
/// redirect is followed, and its certificate must be good whatever is said about registries.
///
/// @param attempt what it is about, for sentences; a URL may hold secrets
/// @param form what is posted; empty to get something
/// @param near whether the server is one of this machine's, which answers at once or is not there;
///   no proxy is asked then
public record WebRequest(
    String attempt,
    String url,
    Map<String, String> headers,
    Map<String, String> form,
    boolean near) {
  public WebRequest {
    headers = Map.copyOf(headers);
    form = Map.copyOf(form);
  }

  public static WebRequest get(String attempt, String url) {
    return new WebRequest(attempt, url, Map.of(), Map.of(), false);
  }

  public WebRequest with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new WebRequest(attempt, url, more, form, near);
  }

  public WebRequest posting(Map<String, String> fields) {
    return new WebRequest(attempt, url, headers, fields, near);
  }

  public WebRequest nearby() {
    return new WebRequest(attempt, url, headers, form, true);
  }

  /// Without secrets.
  @Override
  public String toString() {
    return attempt;
  }
}
