package dev.ocij.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is wrong with a document, said of its fields and not of the classes that they are read
/// into.
final class JsonFault {
  /// Where Jackson tells of a text that it does not show.
  private static final Pattern SOURCE = Pattern.compile(" \\([^()]*\\[Source: [^\\]]*\\]\\)");

  private JsonFault() {}

  static String sentence(JsonProcessingException e) {
    var refused = refusal(e);
    return refused == null ? found(e) + where(e) : refused.sentence();
  }

  /// The refusal of one of our records, which Jackson wraps.
  private static @Nullable OciException refusal(Throwable e) {
    for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof OciException refused) {
        return refused;
      }
    }
    return null;
  }

  /// What is wrong, without the place.
  static String found(JsonProcessingException e) {
    return switch (e) {
      case InvalidNullException misfit -> field(misfit) + "expected no null";
      case MismatchedInputException _ when message(e).startsWith("Trailing token") ->
          "more follows the end of the document";
      case MismatchedInputException misfit when misfit.getTargetType() != null ->
          field(misfit) + "expected " + expected(misfit.getTargetType());
      case JsonMappingException mapping -> field(mapping) + message(e);
      default -> message(e);
    };
  }

  private static String message(JsonProcessingException e) {
    var told = SOURCE.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
    return Quoted.escape(told);
  }

  private static String field(JsonMappingException e) {
    var path = new StringBuilder();
    for (var step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.isEmpty() ? "" : Quoted.of(path.toString()) + ": ";
  }

  private static String expected(Class<?> type) {
    if (type.isPrimitive()) {
      return type == boolean.class ? "true or false" : "a whole number";
    }
    if (type == String.class || type == Digest.class || type == MediaType.class) {
      return "a string";
    }
    if (type == Instant.class) {
      return "an RFC 3339 time";
    }
    return List.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  private static String where(JsonProcessingException e) {
    var at = e.getLocation();
    return at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
  }
}
