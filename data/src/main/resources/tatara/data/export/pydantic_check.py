def check(table, references):
    """Rows that break each rule, by its id; None for a rule that cannot be measured."""
    found = {rule.id: set() if measurable(rule, table) else None for rule in RULES}
    for rule in RULES:
        if rule.kind == "present":
            found[rule.id] = set() if measurable(rule, table) else set(range(len(table)))
        elif rule.kind in ("unique", "determines", "reference"):
            broken = broken_rows(rule, COLUMNS, table, references)
            found[rule.id] = None if broken is None else {row for row, each in enumerate(broken) if each}
    for row, cells in enumerate(table.rows):
        try:
            Row.model_validate({name: cells[at] for name, at in table.columns.items() if name in COLUMNS})
        except ValidationError as failure:
            for error in failure.errors(include_url=False):
                if error["type"] == "contract":
                    found[error["ctx"]["rule"]].add(row)
    return found


if __name__ == "__main__":
    sys.exit(run(check, RULES, TABLE))
