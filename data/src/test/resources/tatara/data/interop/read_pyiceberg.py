"""Reads versions of a table with PyIceberg and compares them with Parquet files; prints a JSON line for each.

Arguments: the folder of the lake, the table's identifier, a file of lines "SNAPSHOT<tab>PARQUET".
"""
import json
import os
import sys

import pyarrow
import pyarrow.parquet
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.expressions import And, GreaterThanOrEqual, LessThan
from pyiceberg.table import StaticTable

lake, identifier, versions = sys.argv[1:]
catalog = SqlCatalog("tatara", uri="sqlite:///" + os.path.join(lake, "catalog.db"), warehouse=lake, init_catalog_tables="false")
table = catalog.load_table(identifier)


def ordered(rows):
    return rows.sort_by("_row")


def problems(found, expected):
    wrong = []
    if found.column_names != expected.column_names:
        wrong.append(f"columns {found.column_names}")
        return wrong
    found = found.cast(expected.schema)
    for name in expected.column_names:
        if found[name].to_pylist() != expected[name].to_pylist():
            wrong.append("values of " + name)
    return wrong


def report(what, found, expected):
    print(json.dumps({"what": what, "rows": found.num_rows, "expected": expected.num_rows, "wrong": problems(found, expected)}))


last = None
for line in open(versions, encoding="utf-8"):
    snapshot, path = line.rstrip("\n").split("\t")
    expected = pyarrow.parquet.read_table(path)
    report(snapshot, ordered(table.scan(snapshot_id=int(snapshot)).to_arrow()), expected)
    last = expected
report("current", ordered(table.scan().to_arrow()), last)
static = StaticTable.from_metadata(table.metadata_location)
report("by metadata file", ordered(static.scan().to_arrow()), last)
scan = table.scan(row_filter=And(GreaterThanOrEqual("id", 100), LessThan("id", 200)))
ids = last["id"].to_pylist()
report("filtered", ordered(scan.to_arrow()), last.take([i for i, value in enumerate(ids) if value is not None and 100 <= value < 200]))
refs = {name: [ref.snapshot_ref_type.value, ref.snapshot_id] for name, ref in table.refs().items()}
print(json.dumps({"what": "refs", "refs": {name: [kind, str(snapshot)] for name, (kind, snapshot) in refs.items()}}))
print(json.dumps({"what": "namespaces", "tables": [".".join(name) for name in catalog.list_tables(identifier.rsplit(".", 1)[0])]}))
