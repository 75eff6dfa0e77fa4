package tatara.data.quality.cells;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ways to mend a text that labelled pairs of wrong and right teach: a whole text by another, a number out of its text, a piece left out or
 * replaced, the last word left out. Of those that explain a pair, the one that explains most pairs of the column is used.
 */
final class Transformations {
    private final Map<Integer, List<Pair>> pairs = new HashMap<>();
    private final Map<Integer, Map<Program, Integer>> programs = new HashMap<>();

    private record Pair(String wrong, String right) {}

    /** One way to mend a text; empty if it does not apply. */
    private sealed interface Program {
        Optional<String> apply(String text);
    }

    private record Whole(String wrong, String right) implements Program {
        @Override
        public Optional<String> apply(String text) {
            return text.equals(wrong) ? Optional.of(right) : Optional.empty();
        }
    }

    private record LeadingNumber(boolean plain) implements Program {
        @Override
        public Optional<String> apply(String text) {
            int end = 0;
            while (end < text.length()
                    && (Character.isDigit(text.charAt(end)) || ".-+".indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
            try {
                BigDecimal number = new BigDecimal(text.substring(0, Math.min(end, 40)));
                return Optional.of(
                        plain && number.signum() != 0
                                ? number.stripTrailingZeros().toPlainString()
                                : plain ? "0" : text.substring(0, end));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    private record WithoutLastWord() implements Program {
        @Override
        public Optional<String> apply(String text) {
            int space = text.lastIndexOf(' ');
            return space <= 0
                    ? Optional.empty()
                    : Optional.of(text.substring(0, space).strip());
        }
    }

    private record Piece(String wrong, String right) implements Program {
        @Override
        public Optional<String> apply(String text) {
            return text.contains(wrong) ? Optional.of(text.replace(wrong, right)) : Optional.empty();
        }
    }

    /** Takes a labelled cell; one that was right only speaks against programs that would change it. */
    void learn(int column, String text, String right) {
        if (text.equals(right)) {
            return;
        }
        pairs.computeIfAbsent(column, absent -> new ArrayList<>()).add(new Pair(text, right));
        programs.remove(column);
    }

    private Map<Program, Integer> programs(int column) {
        return programs.computeIfAbsent(column, absent -> {
            Map<Program, Integer> counts = new java.util.LinkedHashMap<>();
            List<Pair> known = pairs.getOrDefault(column, List.of());
            for (Pair pair : known) {
                for (Program program : candidates(pair)) {
                    counts.computeIfAbsent(program, fresh -> support(fresh, known));
                }
            }
            return counts;
        });
    }

    private static List<Program> candidates(Pair pair) {
        List<Program> all = new ArrayList<>();
        all.add(new Whole(pair.wrong(), pair.right()));
        all.add(new LeadingNumber(true));
        all.add(new LeadingNumber(false));
        all.add(new WithoutLastWord());
        int start = 0;
        int limit = Math.min(pair.wrong().length(), pair.right().length());
        while (start < limit && pair.wrong().charAt(start) == pair.right().charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < limit - start
                && pair.wrong().charAt(pair.wrong().length() - 1 - end)
                        == pair.right().charAt(pair.right().length() - 1 - end)) {
            end++;
        }
        String piece = pair.wrong().substring(start, pair.wrong().length() - end);
        if (!piece.isEmpty() && start + end > 0) {
            all.add(new Piece(piece, pair.right().substring(start, pair.right().length() - end)));
        }
        return all;
    }

    /** Pairs that the program explains, negative if it mends more of them wrongly. */
    private static int support(Program program, List<Pair> known) {
        int right = 0;
        int wrong = 0;
        for (Pair pair : known) {
            Optional<String> result = program.apply(pair.wrong());
            if (result.isPresent()) {
                right += result.get().equals(pair.right()) ? 1 : 0;
                wrong += result.get().equals(pair.right()) ? 0 : 1;
            }
        }
        return right - 2 * wrong;
    }

    /** The mended text. */
    Optional<Repair> mend(int column, String text) {
        Optional<Repair> best = Optional.empty();
        int most = 0;
        for (Map.Entry<Program, Integer> entry : programs(column).entrySet()) {
            Optional<String> result = entry.getKey().apply(text);
            if (entry.getValue() > most && result.isPresent() && !result.get().equals(text)) {
                most = entry.getValue();
                best = Optional.of(new Repair(result.get(), (most + 1.0) / (most + 2.0)));
            }
        }
        return best;
    }
}
