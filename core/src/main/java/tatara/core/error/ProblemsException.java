package tatara.core.error;

import java.util.List;
import java.util.stream.Collectors;

/** A document with one or more {@link Problem}s; the message lists every one. */
public final class ProblemsException extends TataraException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ProblemsException(List<Problem> problems) {
        super(CoreErrorCode.MALFORMED_DOCUMENT, fault(problems));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    private static Fault fault(List<Problem> problems) {
        String lines = problems.stream().map(Problem::toString).collect(Collectors.joining("\n  "));
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return Fault.of(count + ":\n  " + lines).todo("Mend the document, or delete it to have it written anew");
    }
}
