"""Checks the rules with Great Expectations. Arguments: FILE RESULT_FORMAT (BOOLEAN_ONLY for verdicts only, SUMMARY, which is the
default there, for counts and examples). Prints JSON.

Its SQL engine does not work on DuckDB (1.24.1 with duckdb 1.4 or 2.0, duckdb-engine 0.17: it finds no columns), so pandas it is."""
import json
import logging
import sys
import warnings

import great_expectations as gx
import pandas
from rules import RULES

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)


def expectation(column, kind, value):
    e = gx.expectations
    if kind == "present":
        return e.ExpectColumnValuesToNotBeNull(column=column)
    if kind == "mostly present":
        return e.ExpectColumnValuesToNotBeNull(column=column, mostly=value)
    if kind == "unique":
        return e.ExpectColumnValuesToBeUnique(column=column)
    if kind == "among":
        return e.ExpectColumnValuesToBeInSet(column=column, value_set=value)
    if kind == "between":
        return e.ExpectColumnValuesToBeBetween(column=column, min_value=value[0], max_value=value[1])
    return e.ExpectColumnValuesToMatchRegex(column=column, regex=value)


def main():
    file, result_format = sys.argv[1:3]
    context = gx.get_context(mode="ephemeral")
    definition = context.data_sources.add_pandas("orders").add_dataframe_asset("orders").add_batch_definition_whole_dataframe("all")
    suite = context.suites.add(gx.ExpectationSuite(name="orders"))
    for rule in RULES:
        suite.add_expectation(expectation(*rule))
    validation = context.validation_definitions.add(gx.ValidationDefinition(name="orders", data=definition, suite=suite))
    result = validation.run(batch_parameters={"dataframe": pandas.read_parquet(file)}, result_format=result_format)
    print(json.dumps({"rules": len(result.results), "passed": sum(bool(each.success) for each in result.results)}))


if __name__ == "__main__":
    main()
