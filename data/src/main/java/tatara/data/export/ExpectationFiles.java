package tatara.data.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tatara.core.design.DataDesign.Severity;
import tatara.core.design.TableContract.Rule;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.data.export.ContractExport.Unsaid;

/** The suite for Great Expectations 1, and the file that runs it. */
final class ExpectationFiles {
    private final Exported exported;
    private final FrameColumns frame;

    ExpectationFiles(Exported exported) {
        this.exported = exported;
        this.frame = new FrameColumns(exported, true);
    }

    ContractExport write() {
        List<Unsaid> unsaid = new ArrayList<>(exported.unsaid());
        unsaid.add(
                new Unsaid(
                        "",
                        "mostly is a share of the cells that are there, a tolerance one of all rows; the file that runs the suite counts rows"));
        Json suite = suite(unsaid);
        return new ContractExport(
                ExportFormat.GREAT_EXPECTATIONS,
                List.of(
                        new ContractExport.File(".json", JsonText.writePretty(suite) + "\n"),
                        new ContractExport.File(".py", script(unsaid))),
                List.copyOf(unsaid));
    }

    private String script(List<Unsaid> unsaid) {
        PythonFile parts = new PythonFile(exported);
        List<String> imports = List.of(
                "import argparse",
                "import csv",
                "import json",
                "import logging",
                "import math",
                "import re",
                "import sys",
                "import warnings",
                "from collections import Counter, defaultdict",
                "from dataclasses import dataclass",
                "from datetime import datetime, timedelta",
                "from functools import lru_cache",
                "from pathlib import Path",
                "",
                "import great_expectations as gx",
                "import pandas",
                "from great_expectations.expectations.expectation_configuration import ExpectationConfiguration",
                "",
                "warnings.filterwarnings(\"ignore\")",
                "logging.disable(logging.WARNING)",
                "SUITE = json.loads(Path(__file__).with_suffix(\".json\").read_text(\"utf-8\"))");
        List<String> notes = List.of(
                "Runs the suite that stands in the file of the same name with the ending .json.",
                "The suite is about the frame that prepared makes of a file: values by column, and helper columns.",
                "Times are texts in ISO-8601, UTC; ranges look at a helper column of times.");
        return parts.head(
                        "Great Expectations",
                        "Python 3.10 or later, pandas and great_expectations 1",
                        notes,
                        unsaid,
                        imports)
                + PythonFile.part("cells.py")
                + "\n\n"
                + PythonFile.part("frame.py")
                + "\n\n"
                + parts.contract()
                + "\n"
                + frame.python()
                + "\n\n"
                + PythonFile.part("expectations_check.py");
    }

    private Json suite(List<Unsaid> unsaid) {
        List<Json> expectations = new ArrayList<>();
        exported.rules().forEach(rule -> add(rule, expectations));
        List<Json> not = new ArrayList<>();
        unsaid.forEach(each -> not.add(Json.object().with("rule", each.rule()).with("why", each.why())));
        return Json.object()
                .with("name", exported.contract().table())
                .with("expectations", new Json.Arr(expectations))
                .with(
                        "meta",
                        Json.object()
                                .with("great_expectations_version", "1.24.1")
                                .with("contract_version", exported.contract().version())
                                .with("not_said", new Json.Arr(not)));
    }

    private void add(Rule rule, List<Json> expectations) {
        switch (rule.kind()) {
            case PRESENT ->
                rule.columns()
                        .forEach(column -> expectations.add(expectation(
                                rule, "expect_column_to_exist", Json.object().with("column", column))));
            case TYPE -> frame.of(rule).ifPresent(column -> expectations.add(kept(rule)));
            case NOT_NULL -> expectations.add(mostly(rule, "expect_column_values_to_not_be_null", column(rule)));
            case RANGE ->
                expectations.add(mostly(
                        rule,
                        "expect_column_values_to_be_between",
                        limited(column(rule), limit(rule, rule.min()), limit(rule, rule.max()))));
            case LENGTH ->
                expectations.add(mostly(
                        rule,
                        "expect_column_value_lengths_to_be_between",
                        limited(column(rule), Exported.length(rule.min()), Exported.length(rule.max()))));
            case PATTERN ->
                expectations.add(mostly(
                        rule,
                        "expect_column_values_to_match_regex",
                        column(rule)
                                .with(
                                        "regex",
                                        "^(?:" + PortableRegex.of(rule.values().get(0)) + ")$")));
            case VALUES ->
                expectations.add(
                        rule.values().isEmpty()
                                ? mostly(rule, "expect_column_values_to_be_null", column(rule))
                                : mostly(
                                        rule,
                                        "expect_column_values_to_be_in_set",
                                        column(rule).with("value_set", new Json.Arr(exported.values(rule)))));
            case UNIQUE -> expectations.add(unique(rule));
            case REFERENCE, DETERMINES -> expectations.add(kept(rule));
            case ORDER ->
                expectations.add(mostly(rule, "expect_column_pair_values_a_to_be_greater_than_b", pair(rule)));
            case SUM ->
                expectations.add(mostly(
                        rule,
                        "expect_column_values_to_be_between",
                        limited(column(rule), Optional.empty(), Optional.of(Exported.slack(rule)))));
        }
    }

    private static Json.Obj pair(Rule rule) {
        return Json.object()
                .with("column_A", rule.columns().get(1))
                .with("column_B", rule.columns().get(0))
                .with("or_equal", new Json.Bool(true))
                .with("ignore_row_if", "either_value_is_missing");
    }

    private Json unique(Rule rule) {
        if (frame.of(rule).isPresent()) {
            return kept(rule);
        }
        if (rule.columns().size() == 1) {
            return mostly(rule, "expect_column_values_to_be_unique", column(rule));
        }
        return mostly(
                rule,
                "expect_compound_columns_to_be_unique",
                Json.object()
                        .with("column_list", Json.strings(rule.columns()))
                        .with("ignore_row_if", "any_value_is_missing"));
    }

    private Json.Obj column(Rule rule) {
        return Json.object().with("column", frame.column(rule));
    }

    /** A limit as the library reads it: times without a zone. */
    private Optional<Json> limit(Rule rule, Optional<String> text) {
        return exported.limit(rule, text)
                .map(value -> value instanceof Json.Str time
                        ? Json.string(time.value().substring(0, time.value().length() - 1))
                        : value);
    }

    private static Json.Obj limited(Json.Obj arguments, Optional<Json> min, Optional<Json> max) {
        Json.Obj limited = arguments;
        if (min.isPresent()) {
            limited = limited.with("min_value", min.get());
        }
        return max.isPresent() ? limited.with("max_value", max.get()) : limited;
    }

    private Json kept(Rule rule) {
        return mostly(
                rule,
                "expect_column_values_to_be_in_set",
                column(rule).with("value_set", new Json.Arr(List.of(new Json.Bool(true)))));
    }

    private static Json mostly(Rule rule, String type, Json.Obj arguments) {
        return expectation(rule, type, arguments.with("mostly", 1 - rule.tolerance()));
    }

    private static Json expectation(Rule rule, String type, Json.Obj arguments) {
        return Json.object()
                .with("type", type)
                .with("kwargs", arguments)
                .with(
                        "meta",
                        Json.object()
                                .with("rule", rule.id())
                                .with("tolerance", rule.tolerance())
                                .with("on_failure", rule.severity().name().toLowerCase(Locale.ROOT))
                                .with("notes", rule.why()))
                .with("severity", severity(rule.severity()));
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case BLOCK -> "critical";
            case QUARANTINE -> "warning";
            case WARN -> "info";
        };
    }
}
