package dev.ocij.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class PackageOrderTest {

  /// Of these, `java.util.zip` uses `java.util`, and `java.util` uses `java.lang`.
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importClasses(java.util.zip.ZipFile.class, java.util.Scanner.class);

  private static final String REST = "lang io nio net time math text security";

  @Test
  void accepts_what_uses_only_lower_lines() {
    assertThatCode(() -> order("util.zip\nutil\n" + REST, "").check(CLASSES))
        .doesNotThrowAnyException();
  }

  @Test
  void refuses_what_uses_a_higher_line() {
    assertThatThrownBy(() -> order("util\nutil.zip\n" + REST, "").check(CLASSES))
        .hasMessageContaining("util.zip may not use util");
  }

  @Test
  void refuses_what_uses_its_neighbour() {
    assertThatThrownBy(() -> order("util.zip util\n" + REST, "").check(CLASSES))
        .hasMessageContaining("util.zip may not use util");
  }

  @Test
  void accepts_a_neighbour_along_an_arrow() {
    var order = order("util.zip util\n" + REST, "util.zip -> util");
    assertThatCode(() -> order.check(CLASSES)).doesNotThrowAnyException();
  }

  @Test
  void refuses_a_package_without_a_place() {
    assertThatThrownBy(() -> order("util.zip\nutil", "").check(CLASSES))
        .hasMessageContaining("no line names lang");
  }

  private static ArchRule order(String lines, String arrows) {
    return classes().should(PackageOrder.of("java", lines, arrows));
  }
}
