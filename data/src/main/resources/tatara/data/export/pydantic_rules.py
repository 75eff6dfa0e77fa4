def cell(column, *rules):
    """Reads a cell and tells every rule that it breaks, not only the first."""

    def read(raw):
        text = cell_text(COLUMNS[column], raw)
        value = cell_value(COLUMNS[column], text)
        broken = [rule for rule, breaks in rules if breaks(text, value)]
        if broken:
            raise ValidationError.from_exception_data(column, [contract_error(rule, raw) for rule in broken])
        kind = COLUMNS[column].kind
        if value is None or kind == "text":
            return value
        if kind == "boolean":
            return value == "true"
        if kind == "time":
            return datetime.fromisoformat(value[:-1])
        return int(value) if kind == "integer" and value == math.trunc(value) else value

    return BeforeValidator(read)


def contract_error(rule, raw, location=()):
    return {"type": PydanticCustomError("contract", "breaks {rule}", {"rule": rule}), "loc": location, "input": raw}


def readable(rule, whole=False):
    return rule, lambda text, value: text is not None and (value is None or (whole and value != math.trunc(value)))


def there(rule):
    return rule, lambda text, value: text is None


def between(rule, least, most):
    def breaks(text, value):
        return value is not None and ((least is not None and value < least) or (most is not None and value > most))

    return rule, breaks


def length(rule, least, most):
    def breaks(text, value):
        return text is not None and ((least is not None and len(text) < least) or (most is not None and len(text) > most))

    return rule, breaks


def matches(rule, pattern):
    compiled = re.compile(pattern)
    return rule, lambda text, value: text is not None and compiled.fullmatch(text) is None


def one_of(rule, values):
    known = frozenset(values)
    return rule, lambda text, value: value is not None and value not in known


def nothing(rule):
    return rule, lambda text, value: text is not None


def values_of(data, rule):
    """The values that a rule compares; None if one of them is missing or invalid."""
    columns = [COLUMNS[name] for name in rule.columns]
    if not isinstance(data, dict) or any(column.name not in data for column in columns):
        return None
    values = [cell_value(column, cell_text(column, data[column.name])) for column in columns]
    return None if None in values else values


def row_breaks(data, rule):
    values = values_of(data, rule)
    if values is None or rule.kind not in ("order", "sum"):
        return False
    return values[0] > values[1] if rule.kind == "order" else abs(added(values[:-1]) - values[-1]) > rule.most


class Contract(BaseModel):
    """A row. Fields are read from texts as a file has them, or from values."""

    model_config = ConfigDict(extra="ignore")

    @model_validator(mode="wrap")
    @classmethod
    def keep_rules_of_rows(cls, data, handler):
        row, errors = None, []
        try:
            row = handler(data)
        except ValidationError as failure:
            for error in failure.errors(include_url=False):
                if error["type"] == "contract":
                    errors.append(contract_error(error["ctx"]["rule"], error["input"], error["loc"]))
                else:
                    kept = {key: error[key] for key in ("type", "loc", "input", "ctx") if key in error}
                    errors.append(kept)
        errors += [contract_error(rule.id, data) for rule in RULES if row_breaks(data, rule)]
        if errors:
            raise ValidationError.from_exception_data(cls.__name__, errors)
        return row
