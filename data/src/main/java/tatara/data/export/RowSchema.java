package tatara.data.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.design.TableContract.Kind;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.ColumnType;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.data.export.ContractExport.Unsaid;
import tatara.data.schema.CellReading;

/**
 * A JSON Schema of a row: an object with a member for each column, null if the cell is missing. Numbers are numbers, truth values are
 * true and false, times are texts in ISO-8601, UTC, with six digits of the second; a cell that cannot be read is its text.
 */
final class RowSchema {
    private static final String TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z$";

    private final Exported exported;
    private final List<Unsaid> unsaid;

    RowSchema(Exported exported) {
        this.exported = exported;
        this.unsaid = new ArrayList<>(exported.unsaid());
    }

    ContractExport write() {
        Map<String, List<Json>> rules = new LinkedHashMap<>();
        exported.readings().forEach(reading -> rules.put(reading.column(), new ArrayList<>()));
        List<Json> present = new ArrayList<>();
        for (Rule rule : exported.rules()) {
            if (rule.kind() == Kind.PRESENT) {
                present.add(titled(rule, Json.object().with("required", Json.strings(rule.columns()))));
                continue;
            }
            Optional<String> problem = problem(rule);
            if (problem.isPresent()) {
                unsaid.add(new Unsaid(rule.id(), problem.get()));
                continue;
            }
            rules.getOrDefault(rule.columns().get(0), new ArrayList<>()).add(titled(rule, condition(rule)));
        }
        unsaid.add(new Unsaid("", "tolerances: a row that breaks a rule is not valid"));
        String text = JsonText.writePretty(schema(rules, present)) + "\n";
        return new ContractExport(
                ExportFormat.JSON_SCHEMA, List.of(new ContractExport.File(".json", text)), List.copyOf(unsaid));
    }

    private Json schema(Map<String, List<Json>> rules, List<Json> present) {
        Json.Obj properties = Json.object();
        for (CellReading reading : exported.readings()) {
            Json.Obj property = Json.object().with("description", describe(reading));
            List<Json> own = rules.getOrDefault(reading.column(), List.of());
            properties = properties.with(
                    reading.column(), own.isEmpty() ? property : property.with("allOf", new Json.Arr(own)));
        }
        Json.Obj row = Json.object().with("type", "object").with("properties", properties);
        row = present.isEmpty() ? row : row.with("allOf", new Json.Arr(present));
        String not = unsaid.stream()
                .map(each -> each.rule() + (each.rule().isEmpty() ? "" : ": ") + each.why())
                .reduce("", (all, each) -> all + "\n- " + each);
        return Json.object()
                .with("$schema", "https://json-schema.org/draft/2020-12/schema")
                .with("title", exported.contract().table())
                .with(
                        "description",
                        "A row of the table, contract version "
                                + exported.contract().version()
                                + ". The title of each part is the id of its rule. An array of rows is valid against #/$defs/rows. Not said:"
                                + not)
                .with("$ref", "#/$defs/row")
                .with(
                        "$defs",
                        Json.object()
                                .with("row", row)
                                .with(
                                        "rows",
                                        Json.object()
                                                .with("type", "array")
                                                .with("items", Json.object().with("$ref", "#/$defs/row"))));
    }

    private static String describe(CellReading reading) {
        return switch (reading.type()) {
            case NUMBER -> "a number, null if missing";
            case INTEGER -> "a whole number, null if missing";
            case BOOLEAN -> "true or false, null if missing";
            case TIME -> "a time in UTC such as 2024-01-31T00:00:00.000000Z, null if missing";
            case CATEGORY, TEXT, IDENTIFIER, EMPTY -> "a text without white space around it, null if missing";
        };
    }

    private Optional<String> problem(Rule rule) {
        String column = rule.columns().get(0);
        return switch (rule.kind()) {
            case UNIQUE, REFERENCE, DETERMINES -> Optional.of("it is about several rows");
            case ORDER, SUM -> Optional.of("JSON Schema does not compare two members");
            case LENGTH, PATTERN -> exported.isValued(column) ? Optional.of("a value has no text") : Optional.empty();
            case PRESENT, TYPE, NOT_NULL, RANGE, VALUES -> Optional.empty();
        };
    }

    private static Json.Obj titled(Rule rule, Json.Obj condition) {
        Json.Obj titled = Json.object().with("title", rule.id());
        for (Map.Entry<String, Json> member : condition.members().entrySet()) {
            titled = titled.with(member.getKey(), member.getValue());
        }
        return titled;
    }

    private Json.Obj condition(Rule rule) {
        ColumnType type = exported.type(rule.columns().get(0));
        return switch (rule.kind()) {
            case TYPE -> type(rule, type);
            case NOT_NULL -> Json.object().with("not", Json.object().with("type", "null"));
            case RANGE ->
                type == ColumnType.TIME
                        ? times(rule)
                        : limited(
                                "minimum",
                                "maximum",
                                exported.limit(rule, rule.min()),
                                exported.limit(rule, rule.max()));
            case LENGTH -> limited("minLength", "maxLength", Exported.length(rule.min()), Exported.length(rule.max()));
            case PATTERN ->
                Json.object()
                        .with("pattern", "^(?:" + PortableRegex.of(rule.values().get(0)) + ")$");
            case VALUES -> values(rule, type);
            case PRESENT, UNIQUE, REFERENCE, ORDER, SUM, DETERMINES ->
                throw new IllegalArgumentException("kind: " + rule.kind());
        };
    }

    private Json.Obj type(Rule rule, ColumnType type) {
        return switch (type) {
            case NUMBER, INTEGER -> types(exported.isWhole(rule) ? "integer" : "number");
            case BOOLEAN -> types("boolean");
            case TIME -> types("string").with("pattern", TIME);
            case CATEGORY, TEXT, IDENTIFIER, EMPTY -> Json.object();
        };
    }

    private static Json.Obj types(String type) {
        return Json.object().with("type", Json.strings(List.of(type, "null")));
    }

    private static Json.Obj limited(String least, String most, Optional<Json> min, Optional<Json> max) {
        Json.Obj limited = Json.object();
        if (min.isPresent()) {
            limited = limited.with(least, min.get());
        }
        return max.isPresent() ? limited.with(most, max.get()) : limited;
    }

    /** Times of one width are in the order of their texts, so that a limit is a regular expression. */
    private Json.Obj times(Rule rule) {
        String min = rule.min().map(Exported::time).map(TimeLimits::least).orElse("");
        String max = rule.max().map(Exported::time).map(TimeLimits::most).orElse("");
        List<Json> patterns = new ArrayList<>();
        for (String pattern : List.of(min, max)) {
            if (!pattern.isEmpty()) {
                patterns.add(Json.object().with("pattern", pattern));
            }
        }
        return ifMatches(Json.object().with("pattern", TIME), Json.object().with("allOf", new Json.Arr(patterns)));
    }

    private static Json.Obj ifMatches(Json.Obj condition, Json then) {
        return Json.object().with("if", condition).with("then", then);
    }

    private Json.Obj values(Rule rule, ColumnType type) {
        List<Json> values = exported.values(rule);
        if (values.isEmpty()) {
            return Json.object().with("type", "null");
        }
        return switch (type) {
            case NUMBER, INTEGER ->
                ifMatches(Json.object().with("type", "number"), Json.object().with("enum", new Json.Arr(values)));
            case BOOLEAN ->
                ifMatches(
                        Json.object().with("type", "boolean"),
                        Json.object()
                                .with(
                                        "enum",
                                        new Json.Arr(values.stream()
                                                .map(value -> (Json) new Json.Bool(value.equals(Json.string("true"))))
                                                .toList())));
            case TIME ->
                ifMatches(
                        Json.object().with("type", "string").with("pattern", TIME),
                        Json.object().with("enum", new Json.Arr(values)));
            case CATEGORY, TEXT, IDENTIFIER, EMPTY ->
                ifMatches(Json.object().with("type", "string"), Json.object().with("enum", new Json.Arr(values)));
        };
    }
}
