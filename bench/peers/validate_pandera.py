"""Checks the rules with Pandera on pandas. Argument: FILE. Prints JSON."""
import json
import sys

import pandas
import pandera.pandas as pandera
from rules import RULES


def main():
    frame = pandas.read_parquet(sys.argv[1])
    columns = {}
    for name, kind, value in RULES:
        column = columns.setdefault(name, {"checks": [], "nullable": True, "unique": False})
        if kind == "present":
            column["nullable"] = False
        elif kind == "unique":
            column["unique"] = True
        elif kind == "mostly present":
            column["checks"].append(pandera.Check(lambda each, least=value: each.notna().mean() >= least, ignore_na=False))
        elif kind == "among":
            column["checks"].append(pandera.Check.isin(value))
        elif kind == "between":
            column["checks"].append(pandera.Check.in_range(*value))
        else:
            column["checks"].append(pandera.Check.str_matches(value))
    schema = pandera.DataFrameSchema({name: pandera.Column(**column) for name, column in columns.items()})
    try:
        schema.validate(frame, lazy=True)
        failed = 0
    except pandera.errors.SchemaErrors as errors:
        failed = len(errors.schema_errors)
    print(json.dumps({"rules": len(RULES), "passed": len(RULES) - failed}))


if __name__ == "__main__":
    main()
