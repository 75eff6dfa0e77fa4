"""Checks the rules with Great Expectations. Arguments: pandas|duckdb FILE THREADS MEGABYTES. Prints JSON."""
import json
import logging
import sys
import warnings

import great_expectations as gx
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


def batch(context, engine, file, threads, megabytes):
    if engine == "pandas":
        import pandas
        asset = context.data_sources.add_pandas("orders").add_dataframe_asset("orders")
        return asset.add_batch_definition_whole_dataframe("all"), {"dataframe": pandas.read_parquet(file)}
    import duckdb
    database = sys.argv[2] + ".gx.duckdb"
    with duckdb.connect(database) as connection:
        connection.execute(f"SET threads = {threads}")
        connection.execute(f"SET memory_limit = '{megabytes}MB'")
        connection.execute("CREATE OR REPLACE VIEW orders AS SELECT * FROM read_parquet('" + file.replace("'", "''") + "')")
    source = context.data_sources.add_sql("orders", connection_string="duckdb:///" + database)
    return source.add_table_asset("orders", table_name="orders").add_batch_definition_whole_table("all"), None


def main():
    engine, file, threads, megabytes = sys.argv[1:5]
    context = gx.get_context(mode="ephemeral")
    definition, parameters = batch(context, engine, file, threads, megabytes)
    suite = context.suites.add(gx.ExpectationSuite(name="orders"))
    for rule in RULES:
        suite.add_expectation(expectation(*rule))
    validation = context.validation_definitions.add(gx.ValidationDefinition(name="orders", data=definition, suite=suite))
    result = validation.run(batch_parameters=parameters, result_format="BOOLEAN_ONLY")
    print(json.dumps({"rules": len(result.results), "passed": sum(bool(each.success) for each in result.results)}))


if __name__ == "__main__":
    main()
