package tatara.pipeline.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tatara.core.design.Design;
import tatara.core.design.FeatureDesign;
import tatara.core.design.Proposal;
import tatara.core.design.Specialist;
import tatara.core.error.Problem;
import tatara.core.error.ProblemsException;
import tatara.core.evidence.ColumnLink;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.json.YamlText;
import tatara.core.spec.Spec;
import tatara.specialists.Consistency;

class HandoffFileTest {
    private static final List<ColumnLink> LINKS = List.of(
            new ColumnLink("payments", "customer_id", "customers", "customer_id", 1),
            new ColumnLink("usage", "customer_id", "customers", "customer_id", 0.99),
            new ColumnLink("cancellations", "customer_id", "customers", "customer_id", 1));
    private static final Map<String, JsonSchema> VALIDATORS = new ConcurrentHashMap<>();
    private static final List<Read> READS =
            List.of(new Read("requirement.yaml", "ab12"), new Read("data-evidence", "cd34"));

    private record Case(String sentence, String target, List<ColumnLink> links, String... tables) {
        Designs designs() {
            return Designs.of(sentence, Optional.of(target).filter(name -> !name.isEmpty()), links, tables);
        }

        @Override
        public String toString() {
            return String.join(",", tables) + ": " + sentence;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "predict which customers will cancel next month",
                        "",
                        LINKS,
                        "customers",
                        "payments",
                        "usage",
                        "cancellations"),
                new Case("predict Churn, alert me on at most 200 a day", "Churn", List.of(), "telco"),
                new Case("predict Churn, must be explainable", "Churn", List.of(), "telco"),
                new Case("predict class", "class", List.of(), "adult"),
                new Case("predict y", "y", List.of(), "bank-marketing"),
                new Case("predict class", "class", List.of(), "credit-g"),
                new Case("predict Survived", "Survived", List.of(), "titanic"),
                new Case("predict defects with at least 80 % precision", "defects", List.of(), "kc1"),
                new Case("predict class", "class", List.of(), "sylvine"),
                new Case("predict it", "DID_DEFAULT_PAYMENT", List.of(), "credit-default"),
                new Case("predict Exited with AUC of at least 0.8", "Exited", List.of(), "bank-customer-churn"),
                new Case(
                        "predict fraud. Missing one costs 10 times a false alarm",
                        "FraudFound_P",
                        List.of(),
                        "vehicle-claim-fraud"),
                new Case("predict class", "class", List.of(), "car"),
                new Case("predict Class", "Class", List.of(), "vehicle"),
                new Case("predict class", "class", List.of(), "cnae9"),
                new Case("predict median_house_value", "median_house_value", List.of(), "housing"),
                new Case("predict cnt", "cnt", List.of(), "hour"),
                new Case("predict SalePrice", "SalePrice", List.of(), "house_prices_1460"),
                new Case("predict SalePrice", "SalePrice", List.of(), "ames_housing_2930"),
                new Case("predict quality", "quality", List.of(), "winequality_red"),
                new Case("predict fare", "fare", List.of(), "taxis"),
                new Case(
                        "forecast weekly sales for the next 8 weeks", "Weekly_Sales", List.of(), "walmart_store_sales"),
                new Case("forecast passengers", "Passengers", List.of(), "airline_passengers"),
                new Case("forecast the next 48 hours", "V2", List.of(), "Hourly-train"),
                new Case("predict v1", "v1", List.of(), "spam"),
                new Case("predict retention_7", "retention_7", List.of(), "cookie_cats"),
                new Case("predict class", "class", List.of(), "elec"),
                new Case("predict Score", "Score", List.of(), "imdb"),
                new Case("find anomalies", "", List.of(), "sensors"),
                new Case("find anomalies", "", List.of(), "sensors_labelled"),
                new Case("which machines will fail in the next 24 hours", "", List.of(), "machines"),
                new Case("\u0000\u001b predict: 'it' # & * !tag \"", "\"; DROP TABLE users; --", List.of(), "hostile"),
                new Case("解約する顧客を予測 🙂", "", List.of(), "kokyaku"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void handoffsAgreeReadBackAndFitTheirSchemas(Case given) {
        Designs designs = given.designs();
        assertThat(Consistency.check(
                        designs.spec(),
                        Optional.of(designs.data()),
                        Optional.of(designs.features()),
                        designs.designs()))
                .isEmpty();
        designs.proposals().forEach((specialist, proposal) -> {
            String text = HandoffFile.write(specialist, READS, proposal);
            Handoff back = HandoffFile.readHandoff(specialist, specialist.fileName(), text);
            assertThat(back.reads()).isEqualTo(READS);
            assertThat(HandoffFile.write(specialist, back.reads(), back.proposal()))
                    .isEqualTo(text);
            assertThat(faults(DocumentSchema.handoff(specialist), text)).isEmpty();
        });
        String requirement = RequirementFile.write(designs.spec());
        assertThat(RequirementFile.read("requirement.yaml", requirement)).isEqualTo(designs.spec());
        assertThat(faults(DocumentSchema.requirement(), requirement)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSameEvidenceGivesTheSameBytes(Case given) {
        Map<Specialist, String> first = texts(given.designs());
        assertThat(texts(given.designs())).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyDecisionHasAReason(Case given) {
        Designs designs = given.designs();
        designs.proposals().forEach((specialist, proposal) -> {
            assertThat(proposal.decisions()).as(specialist.key()).isNotEmpty();
            assertThat(proposal.decisions()).allSatisfy(decision -> {
                assertThat(decision.what()).isNotBlank().doesNotContain("NaN").doesNotContain("\n");
                assertThat(decision.why()).isNotBlank().doesNotContain("NaN");
                assertThat(decision.evidence())
                        .allSatisfy(evidence -> assertThat(evidence.value()).isNotBlank());
            });
        });
    }

    private static Map<Specialist, String> texts(Designs designs) {
        Map<Specialist, String> texts = new EnumMap<>(Specialist.class);
        designs.proposals()
                .forEach((specialist, proposal) ->
                        texts.put(specialist, HandoffFile.write(specialist, READS, proposal)));
        return texts;
    }

    private static List<String> faults(Json.Obj schema, String yaml) {
        JsonSchema validator = VALIDATORS.computeIfAbsent(
                JsonText.write(schema), text -> JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(text));
        String json = JsonText.write(YamlText.read("document", yaml).root());
        return validator.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void committedSchemasAreCurrent() throws IOException {
        Path folder = Path.of("..", "docs", "schema");
        for (Map.Entry<String, Json.Obj> schema : DocumentSchema.all().entrySet()) {
            Path file = folder.resolve(schema.getKey());
            String text = JsonText.writePretty(schema.getValue()) + "\n";
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(folder);
                Files.writeString(file, text, StandardCharsets.UTF_8);
            }
            assertThat(Files.readString(file, StandardCharsets.UTF_8))
                    .as(file + " is out of date: run this test with -Dgolden.update=true")
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @EnumSource(Specialist.class)
    void schemaAndReaderRefuseWhatIsNoHandoff(Specialist specialist) {
        Designs designs = telco();
        String text = HandoffFile.write(specialist, READS, designs.proposals().get(specialist));
        String broken = text.replace("apiVersion: tatara/v1", "apiVersion: tatara/v9") + "surprise: 1\n";
        List<Problem> problems = problems(specialist, broken);
        assertThat(problems).extracting(Problem::path).contains("apiVersion", "surprise");
        assertThat(problems).allSatisfy(problem -> assertThat(problem.line()).isPositive());
        assertThat(faults(DocumentSchema.handoff(specialist), broken)).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void everyProblemOfAnEditIsReportedWithItsLine() {
        String text = HandoffFile.write(
                Specialist.DATA_SCIENTIST, READS, telco().proposals().get(Specialist.DATA_SCIENTIST));
        String edited = text.replaceFirst("holdoutShare: 0.2", "holdoutShare: a fifth")
                .replaceFirst("kind: stratified", "kind: by-taste")
                .replaceFirst("maxLevels: 2", "maxLevls: 2");
        List<Problem> problems = problems(Specialist.DATA_SCIENTIST, edited);
        assertThat(problems)
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("a fifth"))
                .anyMatch(message -> message.contains("by-taste") && message.contains("stratified"))
                .anyMatch(message -> message.contains("unknown key: maxLevls"))
                .anyMatch(message -> message.contains("missing: maxLevels"));
        String[] lines = edited.split("\n");
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.document()).isEqualTo("1-data-scientist.yaml");
            assertThat(problem.line()).isPositive();
        });
        Problem share = problems.stream()
                .filter(problem -> problem.path().endsWith("holdoutShare"))
                .findFirst()
                .orElseThrow();
        assertThat(lines[share.line() - 1]).contains("a fifth");
    }

    @Test
    void contradictionsGetTheLineOfTheirPath() {
        Designs designs = telco();
        String text = HandoffFile.write(
                Specialist.DATA_SCIENTIST, READS, designs.proposals().get(Specialist.DATA_SCIENTIST));
        String edited = text.replaceFirst("column: tenure", "column: customerID");
        Handoff handoff = HandoffFile.readHandoff(Specialist.DATA_SCIENTIST, "1-data-scientist.yaml", edited);
        Map<Specialist, Design> all = designs.designs();
        all.put(Specialist.DATA_SCIENTIST, handoff.proposal().design());
        List<Problem> problems = handoff.withLines(
                Consistency.check(designs.spec(), Optional.of(designs.data()), Optional.of(designs.features()), all)
                        .stream()
                        .filter(problem -> problem.document().equals("1-data-scientist.yaml"))
                        .toList());
        assertThat(problems)
                .extracting(Problem::path)
                .containsExactly("spec.features[4].column", "spec.features[4].kind");
        assertThat(problems.get(0).message()).contains("customerID").contains("entity");
        assertThat(edited.split("\n")[problems.get(0).line() - 1]).contains("column: customerID");
    }

    @Test
    void anEditThatHoldsIsTaken() {
        String text = HandoffFile.write(
                Specialist.DATA_SCIENTIST, READS, telco().proposals().get(Specialist.DATA_SCIENTIST));
        Proposal<?> edited = HandoffFile.read(
                Specialist.DATA_SCIENTIST, "mine", text.replaceFirst("holdoutShare: 0.2", "holdoutShare: 0.25"));
        assertThat(((FeatureDesign) edited.design()).split().holdoutShare()).isEqualTo(0.25);
    }

    @Test
    void textThatIsNoDocumentIsRefused() {
        for (String text : List.of(
                "",
                "just words",
                "- a\n- b\n",
                "a: [1, 2",
                "kind: DataDesign\n",
                "spec: 3\nkind: 4\napiVersion: 5\n")) {
            assertThat(problems(Specialist.DATA_ENGINEER, text)).isNotEmpty();
            ProblemsException thrown =
                    catchThrowableOfType(ProblemsException.class, () -> RequirementFile.read("requirement.yaml", text));
            assertThat(thrown.problems()).isNotEmpty();
        }
    }

    @Test
    void aRequirementWithWrongValuesIsRefusedWithLines() {
        Spec spec = telco().spec();
        String edited = RequirementFile.write(spec)
                .replace("task: binary", "task: guess")
                .replace("seed: 7", "seed: lucky");
        ProblemsException thrown =
                catchThrowableOfType(ProblemsException.class, () -> RequirementFile.read("requirement.yaml", edited));
        assertThat(thrown.problems()).hasSize(2).allSatisfy(problem -> assertThat(problem.line())
                .isPositive());
    }

    private static Designs telco() {
        return Designs.of("predict Churn", Optional.of("Churn"), List.of(), "telco");
    }

    private static List<Problem> problems(Specialist specialist, String text) {
        ProblemsException thrown = catchThrowableOfType(
                ProblemsException.class, () -> HandoffFile.read(specialist, specialist.fileName(), text));
        assertThat(thrown).isNotNull();
        return thrown.problems();
    }
}
