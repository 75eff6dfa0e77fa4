def unique_together(rule, names):
    """No two rows have the same values in all columns; rows with a missing value take no part."""

    def check(frame):
        rows = frame.loc[:, [name for name in names if name in frame]].dropna()
        repeated_rows = set(rows.index[rows.duplicated(keep=False)]) if len(rows.columns) == len(names) else set()
        return pandas.Series([row not in repeated_rows for row in frame.index], index=frame.index, dtype=bool)

    return pa.Check(check, error=rule)


def ordered(rule, first, second):
    """The first value is not greater than the second, where both are there."""

    def check(frame):
        if first not in frame or second not in frame:
            return pandas.Series(True, index=frame.index)
        pairs = zip(frame[first], frame[second])
        kept = [pandas.isna(low) or pandas.isna(high) or low <= high for low, high in pairs]
        return pandas.Series(kept, index=frame.index, dtype=bool)

    return pa.Check(check, error=rule)


def there(rule):
    return pa.Check(lambda cells: cells.notna(), ignore_na=False, error=rule)


def nothing(rule):
    return pa.Check(lambda cells: cells.isna(), ignore_na=False, error=rule)


def unique(rule):
    return pa.Check(lambda cells: ~cells.duplicated(keep=False), error=rule)
