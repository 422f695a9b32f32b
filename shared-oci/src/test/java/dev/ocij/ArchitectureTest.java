package dev.ocij;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.ocij.testing.Fences;
import dev.ocij.testing.PackageOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Keeps the dependency rule of docs/architecture.md; a new package gets a place there and here.
class ArchitectureTest {

  private static final PackageOrder ORDER =
      PackageOrder.of(
          "dev.ocij",
          """
          term
          builtin
          copy runtime.rootless runtime.ownership
          crypt
          crypt.grpc
          transport.* transport
          trust.* trust edit layer store config
          image
          name runtime
          spec linux
          """,
          """
          transport.* -> transport
          transport.archive -> transport.layout
          transport.local -> transport.layout
          transport.daemon -> transport.archive
          transport.daemon -> transport.registry
          runtime.rootless -> runtime.ownership
          trust.* -> trust
          edit -> layer
          store -> layer
          """);

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.ocij");

  @Test
  void packages_use_only_what_stands_below_them() {
    classes().should(ORDER).check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("fences")
  void libraries_are_used_where_they_belong(ArchRule fence) {
    fence.check(CLASSES);
  }

  private static List<ArchRule> fences() {
    return Fences.all();
  }
}
