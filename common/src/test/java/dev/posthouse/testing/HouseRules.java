package dev.posthouse.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The house's rules about who may depend on whom. */
public final class HouseRules {

    private static final List<ArchRule> SERVICE =
            List.of(
                    noClasses()
                            .that()
                            .haveSimpleNameNotEndingWith("Resource")
                            .and()
                            .haveSimpleNameNotEndingWith("Errors")
                            .and()
                            .haveSimpleNameNotContaining("Client")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("jakarta.ws.rs..")
                            .because("HTTP stays at the door and in clients"),
                    noClasses()
                            .that(
                                    com.tngtech.archunit.base.DescribedPredicate.describe(
                                            "are neither rows nor stores",
                                            type ->
                                                    !type.getSimpleName().endsWith("Row")
                                                            && type.getAllRawInterfaces().stream()
                                                                    .noneMatch(i ->
                                                                            i.getName()
                                                                                    .startsWith(
                                                                                            "io.quarkus.hibernate.orm.panache"))))
                            .should()
                            .dependOnClassesThat(
                                    resideInAPackage("jakarta.persistence..")
                                            .or(resideInAPackage("io.quarkus.hibernate.orm..")))
                            .because("SQL stays in stores and rows"));

    private static final List<ArchRule> EVERYWHERE =
            List.of(
                    noClasses()
                            .should()
                            .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Dto)")
                            .because("a name says what a thing does"),
                    fields().should()
                            .notBeAnnotatedWith("jakarta.inject.Inject")
                            .because("dependencies come through constructors"),
                    noClasses()
                            .that()
                            .haveSimpleNameNotEndingWith("Roles")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("io.smallrye.mutiny..")
                            .because("our code blocks, on virtual threads"),
                    noClasses()
                            .should()
                            .callMethod(java.time.Instant.class, "now")
                            .because("time comes from a Clock"));

    private static final List<ArchRule> COMMON =
            List.of(
                    slices().matching("dev.posthouse.common.(*)..").should().beFreeOfCycles(),
                    noClasses()
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(
                                    "jakarta.persistence..",
                                    "jakarta.enterprise..",
                                    "jakarta.inject..")
                            .because("common is a library of values"),
                    noClasses()
                            .that()
                            .resideOutsideOfPackage("dev.posthouse.common.door..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("jakarta.ws.rs..")
                            .because("HTTP stays at the door"),
                    noClasses()
                            .should()
                            .dependOnClassesThat()
                            .haveFullyQualifiedName("jakarta.ws.rs.Path")
                            .because("common has no resources"),
                    noClasses()
                            .that()
                            .resideOutsideOfPackages(
                                    "dev.posthouse.common.call..", "dev.posthouse.common.door..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage("io.vertx..", "io.quarkus..")
                            .because("only doors and calls know the web framework"));

    private HouseRules() {}

    /** The rules of a service; {@code root} is its root package. */
    public static void checkService(String root) {
        JavaClasses classes = classes(root);
        ArchRule cycles = slices().matching(root + ".(*)..").should().beFreeOfCycles();
        ArchRule rootKnowsNoFeature =
                noClasses()
                        .that()
                        .resideInAPackage(root)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(root + ".*..")
                        .because("features look up to the root package, never down");
        cycles.allowEmptyShould(true).check(classes);
        rootKnowsNoFeature.check(classes);
        SERVICE.forEach(rule -> rule.allowEmptyShould(true).check(classes));
        EVERYWHERE.forEach(rule -> rule.allowEmptyShould(true).check(classes));
    }

    /** The rules of a module that is no service; {@code root} is its root package. */
    public static void checkModule(String root) {
        JavaClasses classes = classes(root);
        slices().matching(root + ".(*)..").should().beFreeOfCycles().check(classes);
        EVERYWHERE.forEach(rule -> rule.allowEmptyShould(true).check(classes));
    }

    /** The rules of the library. */
    public static void checkCommon() {
        JavaClasses classes = classes("dev.posthouse.common");
        COMMON.forEach(rule -> rule.check(classes));
        EVERYWHERE.forEach(rule -> rule.allowEmptyShould(true).check(classes));
    }

    private static JavaClasses classes(String root) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(root);
    }
}
