package tatara.features.fit;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.FeatureDesign.CategoryFeature;
import tatara.core.design.FeatureDesign.NumberFeature;
import tatara.core.design.FeatureDesign.TextFeature;
import tatara.core.design.FeatureDesign.TimeFeature;
import tatara.core.frame.Column;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.model.transform.CategoryLevels;
import tatara.model.transform.FittedColumn;
import tatara.model.transform.Words;

/** Learns one column's part of the transform from batch after batch. Not thread-safe. */
sealed interface ColumnFit {
    void add(Column column);

    /** What was learnt; empty if the column says nothing. */
    Optional<FittedColumn> fitted();

    /** Whether there was a value. */
    final class NumberFit implements ColumnFit {
        private final NumberFeature feature;
        private final Kind kind;
        private boolean seen;

        NumberFit(NumberFeature feature, Kind kind) {
            this.feature = feature;
            this.kind = kind;
        }

        @Override
        public void add(Column column) {
            for (int row = 0; !seen && row < column.size(); row++) {
                seen = column instanceof NumberColumn numbers
                        ? Double.isFinite(numbers.values()[row])
                        : !column.isMissing(row);
            }
        }

        @Override
        public Optional<FittedColumn> fitted() {
            return seen
                    ? Optional.of(
                            new FittedColumn.Numeric(feature.column(), kind, feature.clipLow(), feature.clipHigh()))
                    : Optional.empty();
        }
    }

    /** How often each level occurs. */
    final class CategoryFit implements ColumnFit {
        private final CategoryFeature feature;
        private final Kind kind;
        private final FrequentItems levels;

        CategoryFit(CategoryFeature feature, Kind kind, int mostLevels) {
            this.feature = feature;
            this.kind = kind;
            this.levels = new FrequentItems(mostLevels);
        }

        @Override
        public void add(Column column) {
            if (column instanceof TextColumn texts) {
                long[] counts = TextFit.counts(texts);
                for (int code = 0; code < counts.length; code++) {
                    if (counts[code] > 0) {
                        levels.add(texts.dictionary()[code], counts[code]);
                    }
                }
                return;
            }
            for (int row = 0; row < column.size(); row++) {
                CategoryLevels.of(column, row).ifPresent(level -> levels.add(level, 1));
            }
        }

        @Override
        public Optional<FittedColumn> fitted() {
            List<String> kept = levels.top(feature.maxLevels(), Math.max(1, feature.minRows())).stream()
                    .map(FrequentItems.Item::value)
                    .toList();
            return kept.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new FittedColumn.Category(feature.column(), kind, kept));
        }
    }

    /** The least time. */
    final class TimeFit implements ColumnFit {
        private final TimeFeature feature;
        private long least = Long.MAX_VALUE;

        TimeFit(TimeFeature feature) {
            this.feature = feature;
        }

        @Override
        public void add(Column column) {
            for (long micros : ((TimeColumn) column).micros()) {
                if (micros != TimeColumn.MISSING) {
                    least = Math.min(least, micros);
                }
            }
        }

        @Override
        public Optional<FittedColumn> fitted() {
            return least == Long.MAX_VALUE || feature.parts().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new FittedColumn.Calendar(feature.column(), feature.parts(), least));
        }
    }

    /** In how many rows each term occurs. */
    final class TextFit implements ColumnFit {
        private final TextFeature feature;
        private final FrequentItems terms;
        private long rows;

        TextFit(TextFeature feature, int mostTerms) {
            this.feature = feature;
            this.terms = new FrequentItems(mostTerms);
        }

        /** Rows of each dictionary entry. */
        static long[] counts(TextColumn texts) {
            long[] counts = new long[texts.dictionary().length];
            for (int code : texts.codes()) {
                if (code >= 0) {
                    counts[code]++;
                }
            }
            return counts;
        }

        @Override
        public void add(Column column) {
            TextColumn texts = (TextColumn) column;
            long[] counts = counts(texts);
            for (int code = 0; code < counts.length; code++) {
                rows += counts[code];
                if (counts[code] > 0) {
                    List<String> words = Words.of(texts.dictionary()[code]);
                    Set<String> distinct = new HashSet<>(words);
                    if (feature.pairs()) {
                        distinct.addAll(Words.pairs(words));
                    }
                    for (String term : sorted(distinct)) {
                        terms.add(term, counts[code]);
                    }
                }
            }
        }

        /** In a fixed order: what a full table forgets depends on it. */
        private static List<String> sorted(Set<String> distinct) {
            return distinct.stream().sorted().toList();
        }

        @Override
        public Optional<FittedColumn> fitted() {
            if (rows == 0) {
                return Optional.empty();
            }
            List<FrequentItems.Item> kept = terms.top(feature.maxTerms(), Math.max(1, feature.minRows()));
            double[] weights = kept.stream()
                    .mapToDouble(term -> Math.log((1.0 + rows) / (1.0 + term.count())) + 1)
                    .toArray();
            return Optional.of(new FittedColumn.Text(
                    feature.column(),
                    kept.stream().map(FrequentItems.Item::value).toList(),
                    weights,
                    feature.pairs()));
        }
    }
}
