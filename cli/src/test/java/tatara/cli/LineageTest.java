package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.json.Document;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.core.run.Lineage;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Node;

/** A small shop of two tables, run as a user would: its lineage against what is known of the data, and its events against the specification. */
class LineageTest {
    private static final String OFFICIAL = "https://openlineage.io/spec/";

    @TempDir
    private static Path home;

    private static CommandRun run;

    @BeforeAll
    static void run_once() throws IOException {
        StringBuilder people = new StringBuilder("person,joined,age,city,seen,left\n");
        StringBuilder buys = new StringBuilder("person,day,spent\n");
        for (int i = 0; i < 400; i++) {
            int age = 20 + (i * 7) % 50;
            boolean left = age > 45 ^ i % 11 == 0;
            people.append("P%05d,2024-01-%02d,%d,%s,2025-06-01,%s%n"
                    .formatted(i, 1 + i % 28, age, i % 3 == 0 ? "Oslo" : "Rome", left ? "yes" : "no"));
            for (int j = 0; j <= i % 4; j++) {
                buys.append("P%05d,2025-%02d-11,%d.50%n".formatted(i, 1 + j, 5 + (i * 13 + j) % 90));
            }
        }
        Files.writeString(home.resolve("people.csv"), people);
        Files.writeString(home.resolve("buys.csv"), buys);
        run = CommandRun.of(
                home.resolve("home"),
                "run",
                "predict which people left",
                "--name",
                "shop",
                "--target",
                "left",
                "--data",
                home.resolve("people.csv").toString(),
                "--data",
                home.resolve("buys.csv").toString(),
                "--budget",
                "2s",
                "--exit",
                "--json");
    }

    private static Lineage lineage() throws IOException {
        Path file = home.resolve("home/pipelines/shop/lineage.json");
        return RecordCodec.read(
                Lineage.class,
                new Document(file.toString(), JsonText.read("lineage", Files.readString(file)), Map.of()));
    }

    @Test
    void every_feature_rests_on_columns_of_the_files_and_only_on_them() throws IOException {
        assertThat(run.err()).isNotNull();
        Lineage lineage = lineage();
        assertThat(lineage.of(Kind.FEATURE)).isNotEmpty();
        List<String> columns = new ArrayList<>();
        for (String table : List.of("people", "buys")) {
            try (Stream<String> lines = Files.lines(home.resolve(table + ".csv"))) {
                for (String column : lines.findFirst().orElseThrow().split(",", -1)) {
                    columns.add(table + "." + column);
                }
            }
        }
        for (Node feature : lineage.of(Kind.FEATURE)) {
            List<String> sources =
                    lineage.sources(feature.id()).stream().map(Node::label).toList();
            assertThat(sources).isNotEmpty().isSubsetOf(columns);
            for (Node source : lineage.sources(feature.id())) {
                assertThat(lineage.reach(List.of(source.id()), false)).contains(feature.id());
            }
        }
        assertThat(lineage.sources(lineage.named("age", true).get(0).id()))
                .extracting(Node::label)
                .containsExactly("people.age");
    }

    @Test
    void the_command_walks_both_ways_and_tells_what_breaks() {
        CommandRun up = CommandRun.of(home.resolve("home"), "data", "lineage", "shop", "age", "--up");
        assertThat(up.exit()).isZero();
        assertThat(up.out()).contains("people.age [source]").contains("people.csv");
        CommandRun down = CommandRun.of(home.resolve("home"), "data", "lineage", "shop", "people.age", "--down");
        assertThat(down.out()).contains("without people.age break: ").contains("prediction");
        CommandRun unknown = CommandRun.of(home.resolve("home"), "data", "lineage", "shop", "nothing");
        assertThat(unknown.exit()).isEqualTo(2);
    }

    @Test
    void every_event_keeps_the_official_schemas() throws IOException {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaMappers(mappers -> mappers.mappings(LineageTest::local)));
        JsonSchema events = factory.getSchema(SchemaLocation.of(OFFICIAL + "2-0-2/OpenLineage.json"));
        TreeSet<String> facets = new TreeSet<>();
        List<String> lines = lines();
        assertThat(lines).hasSizeGreaterThan(10);
        for (String line : lines) {
            assertThat(events.validate(line, InputFormat.JSON)).as(line).isEmpty();
            check(factory, JsonText.read("event", line), facets);
        }
        assertThat(facets)
                .contains("columnLineage", "schema", "parent", "dataQualityMetrics", "outputStatistics", "version");
    }

    /** Every facet against the schema that it names. */
    private static void check(JsonSchemaFactory factory, Json value, TreeSet<String> facets) {
        if (value instanceof Json.Arr items) {
            items.items().forEach(item -> check(factory, item, facets));
        } else if (value instanceof Json.Obj object) {
            object.members().forEach((name, member) -> {
                if (member instanceof Json.Obj facet
                        && facet.find("_schemaURL").orElse(Json.NULL) instanceof Json.Str url) {
                    facets.add(name);
                    String at = url.value();
                    JsonSchema schema = factory.getSchema(SchemaLocation.of(at));
                    assertThat(schema.validate(JsonText.write(facet), InputFormat.JSON))
                            .as(at)
                            .isEmpty();
                }
                check(factory, member, facets);
            });
        }
    }

    private static String local(String address) {
        return address.startsWith(OFFICIAL)
                ? "classpath:openlineage/" + address.substring(address.lastIndexOf('/') + 1)
                : address;
    }

    private static List<String> lines() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("home/logs/openlineage"))) {
            return Files.readAllLines(files.sorted().findFirst().orElseThrow());
        }
    }

    @Test
    void a_run_that_fails_says_so_in_its_events() throws IOException {
        Path other = home.resolve("other");
        Path empty = Files.writeString(home.resolve("few.csv"), "a,left\n1,yes\n2,no\n");
        CommandRun failed = CommandRun.of(
                other,
                "run",
                "predict left",
                "--name",
                "few",
                "--target",
                "left",
                "--data",
                empty.toString(),
                "--exit");
        assertThat(failed.exit()).isNotZero();
        try (Stream<Path> files = Files.list(other.resolve("logs/openlineage"))) {
            String events = Files.readString(files.findFirst().orElseThrow());
            assertThat(events).contains("\"eventType\":\"FAIL\"").contains("errorMessage");
        }
    }
}
