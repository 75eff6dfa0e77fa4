package tatara.core.error;

import java.util.List;

/** Two readings are about equally good: carries the question, and for each answer the option that gives it. */
public final class QuestionException extends TataraException {
    private static final long serialVersionUID = 1L;

    private final transient List<Answer> answers;

    /**
     * @param option what to add to the command line, such as {@code --target Churn}
     * @param meaning what that reading would do, and what speaks for it
     */
    public record Answer(String option, String meaning) {}

    public QuestionException(Fault question, List<Answer> answers) {
        super(CoreErrorCode.AMBIGUOUS_REQUEST, question);
        this.answers = List.copyOf(answers);
    }

    public List<Answer> answers() {
        return answers;
    }
}
