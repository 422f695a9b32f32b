package dev.ocij.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Keeps the dependency rule of docs/architecture.md in one module; a new package gets a place
/// there and in the module's subclass.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ArchitectureContract {
  private static final String PROJECT = "dev.ocij";
  private static final Pattern SIBLINGS = Pattern.compile("([\\w.]*)\\{([^}]*)}");

  private final String root;
  private final PackageOrder order;
  private final JavaClasses classes;

  /// @param root the package of the module
  /// @param lines as [PackageOrder#of] has them, and so `arrows`
  protected ArchitectureContract(String root, String lines, String arrows) {
    this.root = root;
    this.order = PackageOrder.of(root, lines, arrows);
    this.classes =
        new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(root);
  }

  @Test
  void packages_use_only_what_stands_below_them() {
    classes().should(order).check(classes);
  }

  @ParameterizedTest
  @MethodSource("fences")
  void libraries_are_used_where_they_belong(ArchRule fence) {
    fence.check(classes);
  }

  @Test
  void the_page_has_every_package() throws IOException {
    assertThat(drawing().split("[^\\w.*]+")).containsAll(order.names().map(this::drawn).toList());
  }

  @Test
  void the_page_has_every_arrow_between_neighbours() throws IOException {
    var arrows =
        drawing().lines().flatMap(line -> Arrays.stream(line.strip().split(" {2,}"))).toList();
    assertThat(arrows.stream().flatMap(ArchitectureContract::pairs))
        .containsAll(
            order.arrows().stream()
                .map(arrow -> arrow.split(" -> "))
                .map(ends -> drawn(ends[0]) + " -> " + drawn(ends[1]))
                .toList());
  }

  /// Each two that `a, b → c → d` joins.
  private static Stream<String> pairs(String chain) {
    var links = Arrays.stream(chain.split(" → ")).map(names -> List.of(names.split(", "))).toList();
    return IntStream.range(1, links.size())
        .boxed()
        .flatMap(i ->
            links.get(i - 1).stream()
                .flatMap(from -> links.get(i).stream().map(to -> from + " -> " + to)));
  }

  /// The packages and arrows of the page, each name in full.
  private static String drawing() throws IOException {
    var page = Files.readString(ProjectFolder.root().resolve("docs/architecture.md"));
    return SIBLINGS
        .matcher(page.substring(page.indexOf("## Packages")).split("```", 3)[1])
        .replaceAll(found ->
            Arrays.stream(found.group(2).split(", "))
                .map(name -> found.group(1) + name)
                .collect(Collectors.joining(", ")));
  }

  /// How the page names a package of this module.
  private String drawn(String name) {
    return root.equals(PROJECT) ? name : root.substring(PROJECT.length() + 1) + "." + name;
  }

  static List<ArchRule> fences() {
    return Fences.all();
  }
}
