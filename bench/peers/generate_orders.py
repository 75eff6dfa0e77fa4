"""Writes a table of orders, 20 columns, as Parquet: the same rows for the same number of rows. Arguments: ROWS FILE."""
import sys

import duckdb

COLUMNS = """
    i AS order_id
    (hash(i * 31 + 1) % {customers})::BIGINT AS customer_id
    printf('%08x-%04x-4%03x', (hash(i * 31 + 2) % 4294967296)::BIGINT, (i % 65536)::BIGINT, (hash(i * 31 + 3) % 4096)::BIGINT) || '-' || i AS external_ref
    ['DE', 'FR', 'US', 'GB', 'JP', 'IN', 'BR', 'CA', 'MX', 'IT', 'ES', 'NL'][1 + (hash(i * 31 + 4) % 12)::INT] AS country
    ['web', 'shop', 'phone', 'partner'][1 + (hash(i * 31 + 5) % 4)::INT] AS channel
    CASE WHEN u(i, 6) < 0.7 THEN 'delivered' WHEN u(i, 6) < 0.9 THEN 'shipped' WHEN u(i, 6) < 0.97 THEN 'cancelled' ELSE 'returned' END AS status
    u(i, 7) < 0.1 AS is_gift
    1 + (-ln(greatest(u(i, 8), 1e-9)) * 2)::BIGINT AS quantity
    round(exp(3 + g(i, 9)), 2) AS unit_price
    CASE WHEN u(i, 10) < 0.3 THEN NULL ELSE round(u(i, 11) * 0.5, 3) END AS discount
    CASE WHEN u(i, 12) < 0.05 THEN NULL ELSE 5 + 2 * g(i, 13) END AS weight
    20 + 8 * g(i, 14) AS temperature
    CASE WHEN u(i, 15) < 0.02 THEN NULL ELSE (hash(i * 31 + 16) % 101)::INTEGER END AS score
    (18 + (hash(i * 31 + 17) % 70))::INTEGER AS age
    TIMESTAMP '2022-01-01' + to_seconds((i * {seconds})::BIGINT) AS ordered_at
    CASE WHEN u(i, 18) < 0.08 THEN NULL ELSE DATE '2022-01-02' + (i * {days})::INTEGER + (hash(i * 31 + 19) % 14)::INTEGER END AS delivered_on
    printf('%05d', (hash(i * 31 + 20) % 20000)::BIGINT) AS postcode
    'P-' || (hash(i * 31 + 21) % 5000)::VARCHAR AS product
    CASE WHEN u(i, 22) < 0.1 THEN NULL ELSE 'user' || (hash(i * 31 + 1) % {customers})::VARCHAR || '@example.org' END AS email
    CASE WHEN u(i, 23) < 0.6 THEN NULL ELSE ['good', 'bad', 'late', 'quick', 'broken'][1 + (hash(i * 31 + 24) % 5)::INT] || ' ' || ['parcel', 'box', 'driver', 'price'][1 + (hash(i * 31 + 25) % 4)::INT] || ' ' || (hash(i * 31 + 27) % 1000)::VARCHAR END AS comment
"""


def main():
    rows, file = int(sys.argv[1]), sys.argv[2]
    lines = [line.strip() for line in COLUMNS.strip().splitlines()]
    columns = ", ".join(lines).format(customers=max(1, rows // 20), seconds=repr(94608000 / rows), days=repr(1095 / rows))
    connection = duckdb.connect()
    connection.execute("CREATE MACRO u(i, k) AS (hash(i * 31 + k) >> 11)::DOUBLE / 9007199254740992.0")
    connection.execute("CREATE MACRO g(i, k) AS sqrt(-2 * ln(greatest(u(i, k), 1e-12))) * cos(2 * pi() * u(i, k + 100))")
    target = file.replace("'", "''")
    connection.execute(f"COPY (SELECT {columns} FROM range({rows}) t(i)) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


if __name__ == "__main__":
    main()
