"""Validates the rows of a file against an exported JSON Schema. Arguments: EXPORT.py SCHEMA.json DATA.csv."""
import importlib.util
import json
import sys

from jsonschema import Draft202012Validator




def titled(schema, path, error):
    """The id of the rule that an error is about: the title on its way through the schema."""
    for step in path:
        schema = schema[step] if step != "if" else {}
        if isinstance(schema, dict) and "title" in schema:
            return schema["title"]
    raise ValueError(f"no rule: {error}")


def document(exported, table, row):
    cells = {}
    for name, at in table.columns.items():
        column = exported.COLUMNS.get(name)
        if column is None:
            continue
        text = exported.cell_text(column, row[at])
        value = exported.cell_value(column, text)
        if value is None:
            cells[name] = text
        elif column.kind == "boolean":
            cells[name] = value == "true"
        else:
            cells[name] = value
    return cells


def main():
    spec = importlib.util.spec_from_file_location("exported", sys.argv[1])
    exported = importlib.util.module_from_spec(spec)
    sys.modules["exported"] = exported
    spec.loader.exec_module(exported)
    schema = json.load(open(sys.argv[2], encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    table = exported.read_table(sys.argv[3])
    for row, cells in enumerate(table.rows):
        broken = set()
        for error in validator.iter_errors(document(exported, table, cells)):
            path = list(error.absolute_schema_path)
            broken.add(titled(schema["$defs"]["row"], path[1:] if path[0] == "$ref" else path, error))
        if broken:
            print(json.dumps({"row": row, "broken": sorted(broken)}))


if __name__ == "__main__":
    main()
