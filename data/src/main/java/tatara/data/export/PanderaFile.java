package tatara.data.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.design.TableContract.Rule;
import tatara.core.json.Json;
import tatara.data.schema.CellReading;

/** The schema of a data frame for Pandera. */
final class PanderaFile {
    private final Exported exported;
    private final FrameColumns frame;

    PanderaFile(Exported exported) {
        this.exported = exported;
        this.frame = new FrameColumns(exported, false);
    }

    ContractExport write() {
        PythonFile parts = new PythonFile(exported);
        List<String> imports = List.of(
                "import argparse",
                "import csv",
                "import json",
                "import math",
                "import re",
                "import sys",
                "from collections import Counter, defaultdict",
                "from dataclasses import dataclass",
                "from datetime import datetime, timedelta",
                "from functools import lru_cache",
                "",
                "import pandas",
                "import pandera.pandas as pa",
                "");
        List<String> notes = List.of(
                "The schema is about the frame that prepared makes of a file: values by column, and helper columns.",
                "Pandera knows no tolerance: the schema fails with the first row that breaks a rule; check counts rows.",
                "Times are texts in ISO-8601, UTC, which are in the order of the times.");
        String text = parts.head(
                        "A Pandera schema",
                        "Python 3.10 or later, pandas and pandera",
                        notes,
                        exported.unsaid(),
                        imports)
                + PythonFile.part("cells.py")
                + "\n\n"
                + PythonFile.part("frame.py")
                + "\n\n"
                + parts.contract()
                + "\n"
                + frame.python()
                + "\n\n"
                + PythonFile.part("pandera_rules.py")
                + "\n\n"
                + schema()
                + "\n\n"
                + PythonFile.part("pandera_check.py");
        return new ContractExport(
                ExportFormat.PANDERA, List.of(new ContractExport.File(".py", text)), exported.unsaid());
    }

    private String schema() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (CellReading reading : exported.readings()) {
            columns.put(reading.column(), new ArrayList<>());
        }
        List<String> rows = new ArrayList<>();
        for (Rule rule : exported.rules()) {
            Optional<String> check = check(rule);
            if (check.isPresent()) {
                columns.computeIfAbsent(frame.column(rule), name -> new ArrayList<>())
                        .add(check.get());
            } else {
                rowCheck(rule).ifPresent(rows::add);
            }
        }
        StringBuilder text = new StringBuilder("schema = pa.DataFrameSchema(\n    {\n");
        columns.forEach((name, checks) -> text.append(column(name, checks)));
        text.append("    },\n    checks=[\n");
        rows.forEach(row -> text.append("        ").append(row).append(",\n"));
        return text.append("    ],\n)\n").toString();
    }

    private String column(String name, List<String> checks) {
        String required = exported.isRequired(name) ? "True" : "False";
        StringBuilder text =
                new StringBuilder("        " + Python.text(name) + ": pa.Column(\n            nullable=True,\n"
                        + "            required=" + required + ",\n            checks=[\n");
        checks.forEach(check -> text.append("                ").append(check).append(",\n"));
        return text.append("            ],\n        ),\n").toString();
    }

    /** A check of one column. */
    private Optional<String> check(Rule rule) {
        String id = Python.text(rule.id());
        String error = ", error=" + id + ")";
        return switch (rule.kind()) {
            case TYPE -> frame.of(rule).map(column -> "pa.Check.eq(True" + error);
            case NOT_NULL -> Optional.of("there(" + id + ")");
            case RANGE ->
                Optional.of(
                        limits("in_range", exported.limit(rule, rule.min()), exported.limit(rule, rule.max())) + error);
            case LENGTH ->
                Optional.of("pa.Check.str_length(" + Python.of(Exported.length(rule.min())) + ", "
                        + Python.of(Exported.length(rule.max())) + error);
            case PATTERN ->
                Optional.of("pa.Check.str_matches("
                        + Python.text("^(?:" + PortableRegex.of(rule.values().get(0)) + ")$") + error);
            case VALUES -> {
                List<Json> values = exported.values(rule);
                yield Optional.of(
                        values.isEmpty() ? "nothing(" + id + ")" : "pa.Check.isin(" + Python.list(values) + error);
            }
            case UNIQUE ->
                rule.columns().size() == 1
                        ? Optional.of("unique(" + id + ")")
                        : frame.of(rule).map(column -> "pa.Check.eq(True" + error);
            case REFERENCE, DETERMINES -> Optional.of("pa.Check.eq(True" + error);
            case SUM -> Optional.of("pa.Check.le(" + Python.of(Exported.slack(rule)) + error);
            case PRESENT, ORDER -> Optional.empty();
        };
    }

    private static String limits(String both, Optional<Json> min, Optional<Json> max) {
        if (min.isPresent() && max.isPresent()) {
            return "pa.Check." + both + "(" + Python.of(min) + ", " + Python.of(max);
        }
        return min.isPresent() ? "pa.Check.ge(" + Python.of(min) : "pa.Check.le(" + Python.of(max);
    }

    /** A check of several columns. */
    private Optional<String> rowCheck(Rule rule) {
        String id = Python.text(rule.id());
        return switch (rule.kind()) {
            case UNIQUE -> Optional.of("unique_together(" + id + ", " + Python.tuple(rule.columns()) + ")");
            case ORDER ->
                Optional.of("ordered(" + id + ", " + Python.text(rule.columns().get(0)) + ", "
                        + Python.text(rule.columns().get(1)) + ")");
            default -> Optional.empty();
        };
    }
}
