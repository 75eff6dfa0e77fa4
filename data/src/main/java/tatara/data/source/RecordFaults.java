package tatara.data.source;

import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.lake.DataErrorCode;

/** Faults of a text that does not fall into records. */
final class RecordFaults {
    private RecordFaults() {}

    static TataraException tooLong(String file, long line, int longest) {
        return new TataraException(
                DataErrorCode.RECORD_TOO_LONG,
                Fault.of("a record is longer than " + longest + " characters")
                        .at(file + ":" + line)
                        .expecting("a table with one record a line")
                        .todo("Check that this is the right file, and that its lines end and its quotes close"));
    }

    static TataraException unbalanced(String file, long line) {
        return new TataraException(
                DataErrorCode.SOURCE_MALFORMED,
                Fault.of("quotes are opened and not closed, again and again")
                        .at(file + ":" + line)
                        .expecting("each quoted cell closed by the same quote, quotes inside doubled")
                        .todo("Mend the quotes of the file"));
    }
}
