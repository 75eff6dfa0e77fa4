"""Runs DuckDB's SUMMARIZE. Arguments: FILE THREADS MEGABYTES. Prints JSON."""
import json
import sys

import duckdb


def main():
    file, threads, megabytes = sys.argv[1:4]
    connection = duckdb.connect()
    connection.execute(f"SET threads = {int(threads)}")
    connection.execute(f"SET memory_limit = '{int(megabytes)}MB'")
    rows = connection.execute("SUMMARIZE SELECT * FROM read_parquet('" + file.replace("'", "''") + "')").fetchall()
    print(json.dumps({"columns": len(rows)}))


if __name__ == "__main__":
    main()
