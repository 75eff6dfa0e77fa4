package tatara.core.evidence;

import tatara.core.frame.Kind;

/** What a column's values mean, as inferred from them. */
public enum ColumnType {
    NUMBER(Kind.NUMBER),
    INTEGER(Kind.NUMBER),
    BOOLEAN(Kind.TEXT),
    CATEGORY(Kind.TEXT),
    TEXT(Kind.TEXT),
    IDENTIFIER(Kind.TEXT),
    TIME(Kind.TIME),
    /** No value at all. */
    EMPTY(Kind.TEXT);

    private final Kind kind;

    ColumnType(Kind kind) {
        this.kind = kind;
    }

    /** The physical kind of the column in processed tables and frames. */
    public Kind kind() {
        return kind;
    }
}
