"""Writes the rules as a contract (JSON, which is YAML). Argument: FILE."""
import json
import sys

from rules import RULES

KINDS = {
    "present": "not-null", "mostly present": "not-null", "unique": "unique", "among": "values", "between": "range", "like": "pattern",
}


def rule(column, kind, value):
    document = {
        "id": f"{column}.{kind.replace(' ', '-')}",
        "kind": KINDS[kind],
        "columns": [column],
        "values": [],
        "tolerance": 0.0,
        "severity": "block",
        "why": "the same for all validators",
    }
    if kind == "mostly present":
        document["tolerance"] = 1 - value
    elif kind == "between":
        document["min"], document["max"] = str(value[0]), str(value[1])
    elif kind == "among":
        document["values"] = value
    elif kind == "like":
        document["values"] = [value]
    return document


def main():
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump({"table": "orders", "version": 1, "rules": [rule(*each) for each in RULES]}, file)


if __name__ == "__main__":
    main()
