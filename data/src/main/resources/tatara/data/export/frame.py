def prepared(table, columns, rules, helpers, references):
    """The file as a data frame: values by column, and a column of its own for what no check of the library can say of values."""
    cells = {}
    for name, column in columns.items():
        if name in table.columns:
            kind = float if column.kind in ("number", "integer") else object
            cells[name] = pandas.Series(table.values(column), dtype=kind)
    for rule in rules:
        if rule.id in helpers and helpers[rule.id] not in cells and measurable(rule, table):
            helper = helper_cells(rule, table, columns, references)
            if helper is not None:
                cells[helpers[rule.id]] = helper
    return pandas.DataFrame(cells, index=range(len(table)))


def helper_cells(rule, table, columns, references):
    own = [columns[name] for name in rule.columns]
    if rule.kind in ("not-null", "length", "pattern", "values"):
        return pandas.Series(table.texts(own[0]), dtype=object)
    if rule.kind == "type":
        texts, values = table.texts(own[0]), table.values(own[0])
        return pandas.Series([readable(text, value, rule.whole) for text, value in zip(texts, values)], dtype=bool)
    if rule.kind == "range":
        times = [None if value is None else datetime.fromisoformat(value[:-1]) for value in table.values(own[0])]
        return pandas.Series(times, dtype=object)
    if rule.kind == "sum":
        keys = table.keys(own)
        return pandas.Series([0.0 if key is None else abs(added(key[:-1]) - key[-1]) for key in keys], dtype=float)
    broken = broken_rows(rule, columns, table, references)
    return None if broken is None else pandas.Series([not each for each in broken], dtype=bool)


def readable(text, value, whole):
    return text is None or (value is not None and not (whole and value != math.trunc(value)))
