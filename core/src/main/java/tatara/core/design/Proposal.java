package tatara.core.design;

import java.util.List;

/** A specialist's answer: its design and the decisions that explain it. */
public record Proposal<D extends Design>(D design, List<Decision> decisions) {
    public Proposal {
        decisions = List.copyOf(decisions);
    }
}
