package dev.ocij.term;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.base.ParserMinimalBase;
import dev.ocij.testing.ProjectFolder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Class files as a distribution has them: they do what they did, and leave nothing to be made at
/// the first use that no cache of classes keeps.
class QuickenedClassesTest {
  private static final ClassLoader TYPES = QuickenedClassesTest.class.getClassLoader();
  private static MethodHandle quickened;

  @BeforeAll
  static void compile(@TempDir Path folder) throws Throwable {
    var sources = ProjectFolder.root().resolve("shared-oci/src/build");
    try (var files = Files.list(sources)) {
      var arguments =
          Stream.concat(
                  Stream.of("-d", folder.toString()),
                  files
                      .map(Path::toString)
                      .filter(file ->
                          file.matches(
                              ".*/(ClassFiles|TypeSwitches|RecordMethods|LateNumbers).java")))
              .toArray(String[]::new);
      assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
    }
    var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
    var classFiles = loader.loadClass("ClassFiles");
    var type = MethodType.methodType(byte[].class, byte[].class, ClassLoader.class);
    quickened =
        MethodHandles.privateLookupIn(classFiles, MethodHandles.lookup())
            .findStatic(classFiles, "quickened", type);
  }

  /// What is chosen by type, by text and by both, with conditions and without a value.
  public static final class Choices implements Function<Object, String> {
    @Override
    public String apply(@Nullable Object value) {
      return switch (value) {
        case null -> "nothing";
        case Integer number when number > 3 -> "large";
        case Integer _ -> "small";
        case Row(int first, var rest) when first == 7 -> "seven " + rest;
        case Row _ -> "row";
        case String text -> ofText(text);
        case List<?> _ -> "list";
        default -> "other";
      };
    }

    private static String ofText(String text) {
      return switch (text) {
        case "one", "two" -> "word";
        case "three" -> "last word";
        case String other when other.isEmpty() -> "empty";
        case String _ -> "text";
      };
    }
  }

  /// One component of each kind.
  public record Row(int first, List<String> rest) {}

  public record Kinds(
      boolean truth,
      byte small,
      char letter,
      short shorter,
      int number,
      long longer,
      float part,
      double exact,
      @Nullable Object some) {}

  @Test
  @SuppressWarnings("unchecked")
  void choices_stay_what_they_were() throws Throwable {
    var values = new ArrayList<@Nullable Object>(List.of(1, 4, "one", "two", "three", "", "x", 2L));
    values.add(null);
    values.add(new Row(7, List.of("a")));
    values.add(new Row(8, List.of()));
    values.add(List.of());
    var ours = (Function<Object, String>) newInstance(load(Choices.class));
    var compiled = new Choices();
    assertThat(values.stream().map(ours))
        .containsExactlyElementsOf(values.stream().map(compiled).toList());
    assertThat(text(Choices.class)).doesNotContain("SwitchBootstraps");
  }

  @Test
  void records_compare_as_before() throws Throwable {
    var type = load(Kinds.class);
    var all = kinds(type);
    var compiled = kinds(Kinds.class);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).hashCode()).isEqualTo(compiled.get(i).hashCode());
      for (int j = 0; j < all.size(); j++) {
        assertThat(all.get(i).equals(all.get(j)))
            .describedAs("%s and %s", compiled.get(i), compiled.get(j))
            .isEqualTo(compiled.get(i).equals(compiled.get(j)));
      }
    }
    assertThat(all.getFirst().equals("another")).isFalse();
  }

  private static List<Object> kinds(Class<?> type) throws ReflectiveOperationException {
    var values = new ArrayList<Object>();
    for (int i = 0; i < 11; i++) {
      values.add(
          type.getConstructors()[0].newInstance(
              i == 1,
              (byte) (i == 2 ? 1 : 0),
              i == 3 ? 'b' : 'a',
              (short) (i == 4 ? 1 : 0),
              i == 5 ? 1 : 0,
              i == 6 ? 1L << 40 : 0,
              i == 7 ? Float.NaN : 0f,
              i == 8 ? -0.0 : 0.0,
              i == 9 ? null : "text"));
    }
    return values;
  }

  @Test
  void parsers_make_numbers_when_they_compare() throws Throwable {
    assertThat(text(ParserMinimalBase.class)).contains("BD_MIN_INT");
    var type = load(ParserMinimalBase.class);
    for (var name : List.of("BD_MIN_INT", "BD_MAX_INT", "BD_MIN_LONG", "BD_MAX_LONG")) {
      var field = type.getDeclaredField(name);
      field.setAccessible(true);
      assertThat(field.get(null)).describedAs(name).isNull();
    }
  }

  private static Object newInstance(Class<?> type) throws ReflectiveOperationException {
    return type.getConstructor().newInstance();
  }

  private static String text(Class<?> type) throws Throwable {
    return new String((byte[]) quickened.invoke(bytes(type), TYPES), StandardCharsets.ISO_8859_1);
  }

  private static Class<?> load(Class<?> type) throws Throwable {
    var bytes = (byte[]) quickened.invoke(bytes(type), TYPES);
    return new ClassLoader(TYPES) {
      Class<?> define() {
        return defineClass(type.getName(), bytes, 0, bytes.length);
      }
    }.define();
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    var name = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }
}
