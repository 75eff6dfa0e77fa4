package tatara.data.export;

/** Tools that a contract is exported to. */
public enum ExportFormat {
    /** A Python file for Pydantic 2: a model of a row, and a check of whole files. */
    PYDANTIC,
    /** A suite of expectations in JSON for Great Expectations 1, and a Python file that runs it. */
    GREAT_EXPECTATIONS,
    /** A JSON Schema of the draft 2020-12 for a row. */
    JSON_SCHEMA,
    /** A Python file for Pandera: a schema of a data frame, and a check of whole files. */
    PANDERA
}
