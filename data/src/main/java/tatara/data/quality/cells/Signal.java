package tatara.data.quality.cells;

/** Kinds of evidence about a cell, each a log-likelihood ratio: positive speaks for an error. */
enum Signal {
    /** Rows that agree in another column have another value here. */
    DEPENDENCY(0),
    /** The same, from weak dependencies too; only labels can tell what it is worth. */
    WEAK_DEPENDENCY(1),
    /** What it should determine in the row is something else, or is just that. */
    DETERMINANT(2),
    /** Close to a frequent value. */
    MISSPELT_VALUE(3),
    /** Holds a word close to a frequent word. */
    MISSPELT_WORD(4),
    /** A rare value in a column of frequent ones. */
    RARE_VALUE(5),
    /** A rare sequence of kinds of character. */
    RARE_SHAPE(6),
    /** A rare length or sequence of single characters' kinds. */
    RARE_FORM(7),
    /** Pairs of characters that the column's other values don't have. */
    RARE_LETTERS(8),
    /** A rare word in a column of few words. */
    RARE_WORD(9),
    /** Characters that a wrong encoding leaves behind. */
    GARBLED(10),
    /** A number far outside. */
    OUTLIER(11);

    static final int COUNT = values().length;

    /** Its place in an array of evidence. */
    final int slot;

    Signal(int slot) {
        this.slot = slot;
    }
}
