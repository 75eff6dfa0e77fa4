package tatara.data.quality.cells;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says of a suspected cell what speaks against it, and what it should hold. */
final class Reasons {
    private static final int LONGEST = 60;

    private final Judge judge;

    Reasons(Judge judge) {
        this.judge = judge;
    }

    Finding finding(RowCells row, int column, double logit) {
        TableModel model = judge.model();
        String name = model.columns().get(column).column().name;
        Optional<Against> against = strongest(row, column);
        return new Finding(
                row.position,
                name,
                row.texts[column],
                1 / (1 + Math.exp(-logit)),
                why(row, column, logit, against),
                repair(row, column, against));
    }

    /** The dependency that speaks loudest against the cell. */
    private record Against(Dependency dependency, Dependency.Poll poll, double strength) {}

    private Optional<Against> strongest(RowCells row, int column) {
        Optional<Against> found = Optional.empty();
        List<Dependency> all = judge.model().dependencies(column);
        for (int i = 0; i < all.size(); i++) {
            Dependency dependency = all.get(i);
            double sure = (1 - row.doubt[dependency.grouping.first]) * dependency.weight();
            double strength = sure * row.sizes[column][i] * row.votes[column][i];
            if (strength > 0 && found.map(Against::strength).orElse(0.0) < strength) {
                Dependency.Poll poll = dependency.poll(row.group(dependency), row.codes[column], row.sampled);
                found = Optional.of(new Against(dependency, poll, strength));
            }
        }
        return found;
    }

    private String why(RowCells row, int column, double logit, Optional<Against> against) {
        List<String> reasons = new ArrayList<>();
        double[] evidence = row.evidence[column];
        ValueTraits traits = row.traits[column];
        String text = row.texts[column];
        if (logit - row.logit[column] > 1) {
            int[] labelled = judge.labelled(column, text);
            reasons.add(
                    labelled[0] > 0
                            ? "labelled cells of this form were wrong in " + labelled[0] + " of " + labelled[1]
                                    + " rows"
                            : "labelled rows speak against cells like this");
        }
        if (evidence[Signal.DEPENDENCY.slot] > 0.5 && against.isPresent()) {
            reasons.add(dependency(row, column, against.get()));
        }
        if (traits.of(Signal.MISSPELT_VALUE) > 0.5 && traits.likely().isPresent()) {
            reasons.add("close to '" + shown(traits.likely().get()) + "', seen " + traits.likelyCount() + " times");
        }
        if (traits.of(Signal.MISSPELT_WORD) > 0.5) {
            judge.model().columns().get(column).corrections(text).stream()
                    .findFirst()
                    .ifPresent(word -> reasons.add("'" + shown(word.word()) + "' is close to the word '" + word.by()
                            + "', seen " + word.count() + " times"));
        }
        if (traits.of(Signal.OUTLIER) > 0.5) {
            reasons.add("far outside the column's other numbers");
        }
        rarity(column, text, traits).ifPresent(reasons::add);
        return reasons.isEmpty() ? "several weak signs together" : String.join("; ", reasons);
    }

    private Optional<String> rarity(int column, String text, ValueTraits traits) {
        if (traits.of(Signal.RARE_SHAPE) + traits.of(Signal.RARE_FORM) > 0.8) {
            int count = judge.model().columns().get(column).shapeCount(text);
            return Optional.of("only " + count + " of " + judge.sample().size() + " rows have this form");
        }
        if (traits.of(Signal.RARE_VALUE) > 0.8) {
            return Optional.of("seen " + traits.count() + " times in a column of frequent values");
        }
        if (traits.of(Signal.RARE_LETTERS) > 0.8 || traits.of(Signal.RARE_WORD) > 0.8) {
            return Optional.of("has letters that the column's other values don't have");
        }
        return Optional.empty();
    }

    private String dependency(RowCells row, int column, Against against) {
        Grouping by = against.dependency().grouping;
        TableModel model = judge.model();
        StringBuilder text = new StringBuilder(name(model, by.first) + " " + shown(row.texts[by.first]));
        if (by.second >= 0) {
            text.append(" and ").append(name(model, by.second)).append(' ').append(shown(row.texts[by.second]));
        }
        String value =
                model.columns().get(column).column().values[against.poll().value()];
        return text.append(" has ")
                .append(name(model, column))
                .append(value.isEmpty() ? " missing" : " " + shown(value))
                .append(" in ")
                .append(against.poll().count())
                .append(" of ")
                .append(against.poll().others())
                .append(" other rows")
                .toString();
    }

    private static String name(TableModel model, int column) {
        return model.columns().get(column).column().name;
    }

    private static String shown(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private Optional<Repair> repair(RowCells row, int column, Optional<Against> against) {
        String text = row.texts[column];
        Optional<Repair> best = judge.transformations().mend(column, text);
        if (against.isPresent() && row.evidence[column][Signal.DEPENDENCY.slot] > 0.5) {
            Dependency.Poll poll = against.get().poll();
            double share = (poll.count() + 0.5) / (poll.others() + 1.0);
            double confidence = share * Math.min(1, against.get().dependency().agreement() + 0.03);
            best = better(best, judge.model().columns().get(column).column().values[poll.value()], confidence);
        }
        ValueTraits traits = row.traits[column];
        if (traits.likely().isPresent()) {
            best = better(best, traits.likely().get(), 0.9 * (1 - Math.exp(-traits.of(Signal.MISSPELT_VALUE))));
        }
        String words = text;
        double evidence = 0;
        if (traits.of(Signal.MISSPELT_WORD) > 0.5) {
            for (Words.Correction word : judge.model().columns().get(column).corrections(text)) {
                words = words.replace(word.word(), word.by());
                evidence = Math.max(evidence, word.evidence());
            }
        }
        return evidence > 0 ? better(best, words, 0.9 * (1 - Math.exp(-evidence))) : best;
    }

    private static Optional<Repair> better(Optional<Repair> best, String value, double confidence) {
        return best.isPresent() && best.get().confidence() >= confidence
                ? best
                : Optional.of(new Repair(value, confidence));
    }
}
