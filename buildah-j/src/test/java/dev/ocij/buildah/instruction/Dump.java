package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.Heredoc;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.Quoted;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Instructions as text to compare with: what is not there is left out.
final class Dump {
  private Dump() {}

  static String of(Instruction instruction) {
    return instruction.written().at().line() + " " + value(instruction);
  }

  private static String value(@Nullable Object value) {
    return switch (value) {
      case Heredoc heredoc -> "<<" + heredoc.name() + " " + Quoted.of(heredoc.content().toString());
      case MountFlag mount -> mount.type() + value(mount.options());
      case SourceText text -> Quoted.of(text.toString());
      case String text -> Quoted.of(text);
      case Collection<?> all ->
          all.stream().map(Dump::value).collect(Collectors.joining(" ", "[", "]"));
      case Map<?, ?> all ->
          all.entrySet().stream()
              .map(e -> e.getKey() + "=" + value(e.getValue()))
              .collect(Collectors.joining(" ", "{", "}"));
      case Record fields ->
          fields.getClass().getSimpleName()
              + Arrays.stream(fields.getClass().getRecordComponents())
                  .map(component -> field(component, fields))
                  .filter(field -> !field.isEmpty())
                  .collect(Collectors.joining(" ", "(", ")"));
      case null, default -> String.valueOf(value);
    };
  }

  private static String field(RecordComponent component, Record owner) {
    try {
      var value = component.getAccessor().invoke(owner);
      boolean absent =
          value == null
              || value instanceof Written
              || List.of().equals(value)
              || Boolean.FALSE.equals(value);
      return absent ? "" : component.getName() + "=" + value(value);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("read " + component, e);
    }
  }
}
