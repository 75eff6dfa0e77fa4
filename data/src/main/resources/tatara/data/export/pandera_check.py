def check(table, references):
    """Rows that break each rule, by its id; None for a rule that cannot be measured."""
    frame = prepared(table, COLUMNS, RULES, HELPERS, references)
    found = {}
    for rule in RULES:
        if rule.kind == "present":
            found[rule.id] = set() if measurable(rule, table) else set(range(len(table)))
        else:
            needed = [HELPERS[rule.id]] if rule.id in HELPERS else rule.columns
            found[rule.id] = set() if all(name in frame.columns for name in needed) else None
    if not len(frame):
        return found
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as failure:
        for case in failure.failure_cases.itertuples():
            if case.check in found and found[case.check] is not None and not pandas.isna(case.index):
                found[case.check].add(int(case.index))
    return found


if __name__ == "__main__":
    sys.exit(run(check, RULES, TABLE))
