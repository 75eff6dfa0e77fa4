def check(table, references):
    """Rows that break each rule, by its id; None for a rule that cannot be measured."""
    frame = prepared(table, COLUMNS, RULES, HELPERS, references)
    found = {rule.id: None for rule in RULES}
    found |= {rule.id: set() for rule in RULES if rule.kind == "present"}
    suite = gx.ExpectationSuite(name=SUITE["name"])
    for each in SUITE["expectations"]:
        needed = columns_of(each["kwargs"])
        if each["type"] == "expect_column_to_exist":
            if needed[0] not in frame.columns:
                found[each["meta"]["rule"]] = set(range(len(table)))
        elif all(name in frame.columns for name in needed):
            found[each["meta"]["rule"]] = set()
            configured = ExpectationConfiguration(type=each["type"], kwargs=each["kwargs"], meta=each["meta"])
            suite.add_expectation_configuration(configured)
    if not len(frame) or not suite.expectations:
        return found
    context = gx.get_context(mode="ephemeral")
    source = context.data_sources.add_pandas("file").add_dataframe_asset("file")
    batch = source.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    for result in batch.validate(suite, result_format={"result_format": "COMPLETE"}).results:
        rule = result.expectation_config.meta["rule"]
        if result.exception_info.get("raised_exception"):
            found[rule] = None
        elif found[rule] is not None:
            found[rule] |= {int(row) for row in result.result.get("unexpected_index_list") or []}
    return found


def columns_of(arguments):
    if "column_list" in arguments:
        return arguments["column_list"]
    return [arguments[key] for key in ("column", "column_A", "column_B") if key in arguments]


if __name__ == "__main__":
    sys.exit(run(check, RULES, TABLE))
