package tatara.data.export;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.TableContract.Kind;
import tatara.core.design.TableContract.Rule;
import tatara.core.json.Json;
import tatara.data.export.ContractExport.Unsaid;
import tatara.data.schema.CellReading;

/** The model of a row for Pydantic 2. */
final class PydanticFile {
    /** Names that mean something in the file or in a model. */
    private static final Set<String> TAKEN = Set.of(
            ("False None True and as assert async await break class continue def del elif else except finally for from global if import in is"
                            + " lambda nonlocal not or pass raise return try while with match case type int float str bool datetime cell"
                            + " readable there between length matches one_of nothing copy dict json schema validate construct parse_obj"
                            + " parse_raw parse_file from_orm schema_json update_forward_refs fields keep_rules_of_rows Annotated Field"
                            + " Contract Row math re csv sys")
                    .split(" "));

    private final Exported exported;

    PydanticFile(Exported exported) {
        this.exported = exported;
    }

    ContractExport write() {
        PythonFile parts = new PythonFile(exported);
        List<Unsaid> unsaid = new ArrayList<>(exported.unsaid());
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
                "from typing import Annotated",
                "",
                "from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator",
                "from pydantic_core import PydanticCustomError",
                "");
        List<String> notes = List.of(
                "A row that breaks a rule is no Row, whatever the rule's tolerance; tolerances and rules about several rows count in check.",
                "Each broken rule is an error of the type \"contract\" with the rule's id in its context.");
        String text = parts.head("A Pydantic model", "Python 3.10 or later and pydantic 2", notes, unsaid, imports)
                + PythonFile.part("cells.py")
                + "\n\n"
                + parts.contract()
                + "\n\n"
                + PythonFile.part("pydantic_rules.py")
                + "\n\n"
                + row()
                + "\n\n"
                + PythonFile.part("pydantic_check.py");
        return new ContractExport(
                ExportFormat.PYDANTIC, List.of(new ContractExport.File(".py", text)), List.copyOf(unsaid));
    }

    private String row() {
        StringBuilder text = new StringBuilder("class Row(Contract):\n");
        if (exported.readings().isEmpty()) {
            return text.append("    pass\n").toString();
        }
        Set<String> used = new HashSet<>();
        for (CellReading reading : exported.readings()) {
            String quoted = Python.text(reading.column());
            List<String> rules = new ArrayList<>();
            exported.rules().stream()
                    .filter(rule -> rule.columns().get(0).equals(reading.column()))
                    .forEach(rule -> constraint(rule).ifPresent(rules::add));
            text.append("    ").append(identifier(reading.column(), used)).append(": Annotated[\n        ");
            text.append(type(reading))
                    .append(" | None,\n        cell(\n            ")
                    .append(quoted)
                    .append(",\n");
            rules.forEach(rule -> text.append("            ").append(rule).append(",\n"));
            text.append("        ),\n    ] = Field(");
            text.append(exported.isRequired(reading.column()) ? "" : "default=None, ");
            text.append("alias=").append(quoted).append(")\n");
        }
        return text.toString();
    }

    private String type(CellReading reading) {
        return switch (reading.type()) {
            case NUMBER -> "float";
            case INTEGER ->
                exported.of(Kind.TYPE).stream()
                                .anyMatch(rule -> exported.isWhole(rule)
                                        && rule.columns().get(0).equals(reading.column()))
                        ? "int"
                        : "float";
            case BOOLEAN -> "bool";
            case TIME -> "datetime";
            case CATEGORY, TEXT, IDENTIFIER, EMPTY -> "str";
        };
    }

    private Optional<String> constraint(Rule rule) {
        String id = Python.text(rule.id());
        return switch (rule.kind()) {
            case TYPE ->
                exported.isValued(rule.columns().get(0))
                        ? Optional.of("readable(" + id + (exported.isWhole(rule) ? ", whole=True)" : ")"))
                        : Optional.empty();
            case NOT_NULL -> Optional.of("there(" + id + ")");
            case RANGE ->
                Optional.of("between(" + id + ", " + Python.of(exported.limit(rule, rule.min())) + ", "
                        + Python.of(exported.limit(rule, rule.max())) + ")");
            case LENGTH ->
                Optional.of("length(" + id + ", " + Python.of(Exported.length(rule.min())) + ", "
                        + Python.of(Exported.length(rule.max())) + ")");
            case PATTERN ->
                Optional.of("matches(" + id + ", "
                        + Python.text(PortableRegex.of(rule.values().get(0))) + ")");
            case VALUES -> {
                List<Json> values = exported.values(rule);
                yield Optional.of(
                        values.isEmpty() ? "nothing(" + id + ")" : "one_of(" + id + ", " + Python.list(values) + ")");
            }
            case PRESENT, UNIQUE, REFERENCE, ORDER, SUM, DETERMINES -> Optional.empty();
        };
    }

    /** A name of Python's for a column; columns are told apart by their alias. */
    private static String identifier(String column, Set<String> used) {
        String name = column.replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+", "");
        if (name.isEmpty() || Character.isDigit(name.charAt(0)) || name.startsWith("model_")) {
            name = "column_" + name;
        }
        name = TAKEN.contains(name) || name.endsWith("_") ? name + (name.endsWith("_") ? "" : "_") : name;
        String unique = name;
        for (int next = 2; !used.add(unique); next++) {
            unique = name + (name.endsWith("_") ? "" : "_") + next;
        }
        return unique;
    }
}
