SPACE = " \t\n\v\f\r\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
NUMBER = re.compile(r"\+?-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
ISO_TIME = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:(?:T| +)([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})?(?:\.([0-9]*))?)?(Z| UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
MONTHS = "january february march april may june july august september october november december".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True)
class Column:
    """How the cells of a column are read. Kinds: number, integer, boolean, time, text."""

    name: str
    kind: str
    missing: tuple = ()
    decimal: str = "."
    grouping: str = ""
    prefix: str = ""
    suffix: str = ""
    pattern: str = ""
    true: tuple = ()
    false: tuple = ()

    @property
    def valued(self):
        return self.kind != "text"


@dataclass(frozen=True)
class Rule:
    """A rule: it has failed if more than `tolerance` of all rows break it."""

    id: str
    kind: str
    columns: tuple
    tolerance: float
    severity: str
    most: float = 0.0
    other: tuple = ()
    whole: bool = False


def cell_text(column, raw):
    """The cell without white space around it; None if it is missing."""
    if raw is None:
        return None
    if isinstance(raw, bool):
        raw = "true" if raw else "false"
    elif isinstance(raw, float):
        if math.isnan(raw):
            return None
        raw = str(int(raw)) if abs(raw) < 1e15 and raw == int(raw) else repr(raw)
    elif isinstance(raw, datetime):
        raw = raw.isoformat(" ")
    text = str(raw).strip(SPACE)
    if not text or text in column.missing:
        return None
    return None if column.kind in ("number", "integer") and text.lower() == "nan" else text


def cell_value(column, text):
    """A float, "true" or "false", a time in UTC as ISO-8601 text, or the text; None if missing or invalid."""
    if text is None:
        return None
    if column.kind in ("number", "integer"):
        return number(column, text)
    if column.kind == "boolean":
        lower = text.lower()
        if lower in {token.lower() for token in column.true} | {"true"}:
            return "true"
        return "false" if lower in {token.lower() for token in column.false} | {"false"} else None
    if column.kind == "time":
        try:
            found = time(column, text)
        except (ValueError, OverflowError):
            return None
        return None if found is None else found.strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")
    return text


def number(column, text):
    plain = (column.decimal, column.grouping, column.prefix, column.suffix) == (".", "", "", "")
    if not plain and text.startswith("("):
        inside = parsed(body(column, text[1:-1].strip(" "))) if text.endswith(")") else None
        return None if inside is None else -inside
    return parsed(body(column, text))


def body(column, text):
    if column.prefix:
        text = re.sub(r"^([+-]?)\s*" + re.escape(column.prefix) + r"\s*", r"\1", text, count=1)
    if column.suffix:
        text = re.sub(r"\s*" + re.escape(column.suffix) + "$", "", text, count=1)
    if column.grouping:
        text = text.replace(column.grouping, "")
    if column.decimal != ".":
        text = "" if "." in text else text.replace(column.decimal, ".")
    return text


def parsed(text):
    text = text.strip(" \t\n\v\f\r")
    if not NUMBER.fullmatch(text):
        return None
    value = float(text[1:] if text[:1] == "+" else text)
    return value if math.isfinite(value) else None


def time(column, text):
    if column.pattern in ("epoch-s", "epoch-ms"):
        value = number(column, text)
        scale = 1e6 if column.pattern == "epoch-s" else 1e3
        return None if value is None else EPOCH + timedelta(microseconds=round(value * scale))
    return pattern_time(column.pattern, text) if column.pattern else iso_time(text)


def pattern_time(pattern, text):
    """As strptime reads, whatever the locale; years of two digits are those of this century."""
    match = pattern_regex(pattern).fullmatch(text)
    if not match:
        return None
    parts = match.groupdict()
    year = int(parts["Y"]) if "Y" in parts else 2000 + int(parts["y"]) if "y" in parts else 1900
    month = int(parts.get("m") or 1)
    for letter, length in (("b", 3), ("B", 9)):
        if letter in parts:
            month = 1 + [name[:length] for name in MONTHS].index(parts[letter].lower())
    hour = int(parts.get("H") or parts.get("I") or 0)
    if "p" in parts:
        hour = (hour % 12 if 1 <= hour <= 12 else 99) + (12 if parts["p"].lower() == "pm" else 0)
    second, micros = int(parts.get("S") or 0), int((parts.get("f") or "0").ljust(6, "0"))
    found = datetime(year, month, int(parts.get("d") or 1), hour, int(parts.get("M") or 0), second, micros)
    return found - offset(parts.get("z") or "Z")


@lru_cache
def pattern_regex(pattern):
    names = {
        "b": "|".join(name[:3] for name in MONTHS),
        "B": "|".join(MONTHS),
        "a": "|".join(name[:3] for name in DAYS),
        "A": "|".join(DAYS),
        "p": "am|pm",
        "Y": "[0-9]{1,4}",
        "f": "[0-9]{1,6}",
        "z": "Z|[+-][0-9]{2}(?::?[0-9]{2})?",
    }
    parts = []
    for field, literal in re.findall(r"%(.)|([^%]+)", pattern, re.DOTALL):
        if field == "%" or not field:
            parts.append(re.escape(literal or "%"))
        else:
            parts.append(f"(?P<{field}>{names.get(field, '[0-9]{1,2}')})")
    return re.compile("".join(parts), re.IGNORECASE | re.ASCII)


def offset(zone):
    if zone[0] not in "+-":
        return timedelta(0)
    shift = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:].lstrip(":") or 0))
    return -shift if zone[0] == "-" else shift


def iso_time(text):
    month = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", text)
    if month:
        return datetime(int(month[1]), int(month[2]), 1) if len(text) >= 7 else None
    match = ISO_TIME.fullmatch(text)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    if hour == 24 and minute == 0 and second == 0:
        found = datetime(year, month, day) + timedelta(days=1)
    else:
        found = datetime(year, month, day, hour, minute, second)
    found += timedelta(microseconds=int((match[7] or "0").ljust(6, "0")[:6]))
    return found - offset((match[8] or "Z").strip())


def added(values):
    """The sum from left to right, without compensation."""
    total = values[0]
    for value in values[1:]:
        total += value
    return total


def repeated(keys):
    """Whether each key is there more than once; None is no key."""
    counts = Counter(keys)
    return [key is not None and counts[key] > 1 for key in keys]


def undetermined(keys, values):
    """Whether rows of one key have several values; None takes no part."""
    seen = defaultdict(set)
    for key, value in zip(keys, values):
        if key is not None and value is not None:
            seen[key].add(value)
    return [key is not None and value is not None and len(seen[key]) > 1 for key, value in zip(keys, values)]


def orphaned(keys, parents):
    """Whether each key is missing among the parents; None is no key."""
    return [key is not None and key not in parents for key in keys]


class Table:
    """The cells of a file: texts and values by column."""

    def __init__(self, header, rows):
        self.header = header
        self.rows = rows
        self.columns = {name: at for at, name in enumerate(header)}

    def __len__(self):
        return len(self.rows)

    def texts(self, column):
        at = self.columns[column.name]
        return [cell_text(column, row[at]) for row in self.rows]

    def values(self, column):
        return [cell_value(column, text) for text in self.texts(column)]

    def keys(self, columns):
        """The values of several columns, row by row; None where one is missing or invalid."""
        return [None if None in key else key for key in zip(*(self.values(column) for column in columns))]

    def whole(self, names):
        return [tuple(row[self.columns[name]] for name in names) for row in self.rows]


def measurable(rule, table):
    return all(name in table.columns for name in rule.columns)


def broken_rows(rule, columns, table, references):
    """For rules about several rows or another table: whether each row breaks it; None if that cannot be told."""
    if not measurable(rule, table):
        return None
    own = [columns[name] for name in rule.columns]
    if rule.kind == "unique":
        return repeated(table.whole(rule.columns) if rule.whole else table.keys(own))
    if rule.kind == "determines":
        return undetermined(table.keys(own[:-1]), table.values(own[-1]))
    name, column = rule.other
    parent = references.get(name)
    if parent is None or column.name not in parent.columns:
        return None
    return orphaned(table.values(own[0]), {value for value in parent.values(column) if value is not None})


def read_table(path, delimiter=",", encoding="utf-8-sig"):
    """A file of delimited texts with a line of names; short rows are filled with missing cells."""
    with open(path, newline="", encoding=encoding) as file:
        lines = csv.reader(file, delimiter=delimiter)
        header = [name.strip(SPACE) for name in next(lines, [])]
        rows = [row + [""] * (len(header) - len(row)) for row in lines if row]
    return Table(header, rows)


def run(check, rules, main_table):
    """Reads a file and prints a line of JSON for each row that breaks a rule and for each rule; 3 if a rule blocks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--reference", action="append", default=[], metavar="TABLE=FILE", help="a table that rules refer to")
    parser.add_argument("--delimiter", default=",")
    parser.add_argument("--encoding", default="utf-8-sig")
    options = parser.parse_args()
    csv.field_size_limit(2**31 - 1)
    table = read_table(options.file, options.delimiter, options.encoding)
    references = {main_table: table}
    for reference in options.reference:
        name, _, path = reference.partition("=")
        references[name] = read_table(path, options.delimiter, options.encoding)
    found = check(table, references)
    by_row = defaultdict(list)
    for rule in rules:
        for row in sorted(found.get(rule.id) or ()):
            by_row[row].append(rule.id)
    for row in sorted(by_row):
        print(json.dumps({"row": row, "broken": by_row[row]}))
    blocked = False
    for rule in rules:
        rows = found.get(rule.id)
        passed = rows is not None and len(rows) <= rule.tolerance * len(table) + 1e-9
        blocked |= not passed and rule.severity == "block"
        verdict = {"rule": rule.id, "severity": rule.severity, "measured": rows is not None}
        print(json.dumps(verdict | {"broken": len(rows or ()), "passed": passed}))
    return 3 if blocked else 0
