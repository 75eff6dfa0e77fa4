package tatara.data.quality.cells;

/** Kinds of evidence about a cell, each a log-likelihood ratio: positive speaks for an error. */
enum Signal {
    /** Rows that agree in another column have another value here. */
    DEPENDENCY,
    /** The same, from weak dependencies too; only labels can tell what it is worth. */
    WEAK_DEPENDENCY,
    /** What it should determine in the row is something else, or is just that. */
    DETERMINANT,
    /** Close to a frequent value. */
    MISSPELT_VALUE,
    /** Holds a word close to a frequent word. */
    MISSPELT_WORD,
    /** A rare value in a column of frequent ones. */
    RARE_VALUE,
    /** A rare sequence of kinds of character. */
    RARE_SHAPE,
    /** A rare length or sequence of single characters' kinds. */
    RARE_FORM,
    /** Pairs of characters that the column's other values don't have. */
    RARE_LETTERS,
    /** A rare word in a column of few words. */
    RARE_WORD,
    /** Characters that a wrong encoding leaves behind. */
    GARBLED,
    /** A number far outside. */
    OUTLIER;

    static final int COUNT = values().length;
}
