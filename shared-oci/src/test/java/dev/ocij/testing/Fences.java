package dev.ocij.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/// The fences that stand across the order of packages: what each big library is for, and what is
/// not for all.
public final class Fences {

  private static final ArchRule PICOCLI =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.ocij.term..", "dev.ocij..cli..", "dev.ocij.buildah.podman..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..")
          .because("the rest of the code knows nothing of flags");
  private static final ArchRule OKHTTP =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.ocij.http..",
              "dev.ocij.transport.registry..",
              "dev.ocij.transport.daemon..",
              "dev.ocij.crypt.grpc..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("okhttp3..", "okio..")
          .because(
              "all traffic with registries passes the same retries, credentials and certificates");
  private static final ArchRule JIB =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.ocij.buildah.java..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.cloud.tools.jib..")
          .because("Jib writes manifests anew and finds other credentials than we do");
  private static final ArchRule FOREIGN =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.ocij.linux..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.foreign..")
          .because("one package holds all native code");
  private static final ArchRule RUNNER =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.ocij.buildah..", "dev.ocij.runtime.rootless..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.ocij.runtime.rootless..")
          .because("only buildah-j and podman-j start containers");

  private static final ArchRule PROGRAMS =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.ocij.crypt",
              "dev.ocij.runtime.rootless",
              "dev.ocij.transport.registry.auth",
              "dev.ocij.trust.simple",
              "dev.ocij.buildah.cli",
              "dev.ocij.buildah.context",
              "dev.ocij.buildah.life",
              "dev.ocij.buildah.run")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class)
          .because("what reads layers and archives, compressed ones too, starts no program");

  private Fences() {}

  /// All six. They hold in a module that has none of the classes they speak of.
  public static List<ArchRule> all() {
    return List.of(PICOCLI, OKHTTP, JIB, FOREIGN, RUNNER, PROGRAMS).stream()
        .map(rule -> rule.allowEmptyShould(true))
        .toList();
  }
}
