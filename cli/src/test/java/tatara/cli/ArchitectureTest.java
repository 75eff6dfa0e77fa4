package tatara.cli;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tatara.core.error.TataraException;

/** The house's shape: each rule is one sentence of ARCHITECTURE.md. */
@AnalyzeClasses(packages = "tatara", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] STAGES = {
        "tatara.specialists..",
        "tatara.data..",
        "tatara.features..",
        "tatara.train..",
        "tatara.registry..",
        "tatara.serve.."
    };

    @ArchTest
    static final ArchRule CORE_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("tatara.core..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("tatara..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(
                            JavaClass.Predicates.resideInAPackage("tatara.core.."))));

    @ArchTest
    static final ArchRule MODEL_KNOWS_ONLY_CORE = noClasses()
            .that()
            .resideInAPackage("tatara.model..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("tatara..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(
                            JavaClass.Predicates.resideInAnyPackage("tatara.core..", "tatara.model.."))));

    @ArchTest
    static final ArchRule STAGES_NEVER_KNOW_EACH_OTHER = slices().matching("tatara.(*)..")
            .namingSlices("$1")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    JavaClass.Predicates.resideInAnyPackage("tatara.pipeline..", "tatara.web..", "tatara.cli.."),
                    alwaysTrue())
            .ignoreDependency(alwaysTrue(), JavaClass.Predicates.resideInAnyPackage("tatara.core..", "tatara.model.."));

    @ArchTest
    static final ArchRule PIPELINE_KNOWS_NEITHER_PAGES_NOR_COMMANDS = noClasses()
            .that()
            .resideInAPackage("tatara.pipeline..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tatara.web..", "tatara.cli..");

    @ArchTest
    static final ArchRule PAGES_KNOW_ONLY_CORE_AND_PIPELINE = noClasses()
            .that()
            .resideInAPackage("tatara.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STAGES);

    @ArchTest
    static final ArchRule NO_PACKAGE_CYCLES =
            slices().matching("tatara.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_CORE_JSON_TOUCHES_JSON_AND_YAML_LIBRARIES = noClasses()
            .that()
            .resideOutsideOfPackage("tatara.core.json..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..", "org.snakeyaml..", "org.yaml..");

    @ArchTest
    static final ArchRule NO_EMPTY_WORDS_IN_NAMES =
            noClasses().should().haveNameMatching(".*(Manager|Helper|Util|Utils|Processor|Impl)");

    @ArchTest
    static final ArchRule EXCEPTIONS_ARE_TATARA_EXCEPTIONS =
            classes().that().areAssignableTo(Throwable.class).should().beAssignableTo(TataraException.class);

    @ArchTest
    static final ArchRule ONLY_WIRING_LOADS_SERVICES = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("tatara.cli.Wiring")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.ServiceLoader");

    @ArchTest
    static final ArchRule DESIGNS_ARE_VALUES = classes()
            .that()
            .resideInAPackage("tatara.core.design")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .beRecords()
            .orShould()
            .beEnums()
            .orShould()
            .beInterfaces();

    @ArchTest
    static final ArchRule NO_MUTABLE_STATICS = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule STREAMS_BELONG_TO_MAIN = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("tatara.cli.Main")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @Test
    void every_package_is_null_marked() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        List<Path> unmarked = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root, 12)) {
            for (Path file : files.filter(path -> path.toString().contains("/src/main/java/")
                            && path.toString().endsWith(".java"))
                    .toList()) {
                Path packageInfo = file.resolveSibling("package-info.java");
                if (!Files.exists(packageInfo) || !Files.readString(packageInfo).contains("@NullMarked")) {
                    unmarked.add(root.relativize(file));
                }
            }
        }
        assertThat(unmarked).isEmpty();
    }
}
