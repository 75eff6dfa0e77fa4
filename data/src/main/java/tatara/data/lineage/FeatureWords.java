package tatara.data.lineage;

import java.util.Locale;
import tatara.core.design.FeatureDesign;
import tatara.model.transform.FittedColumn;
import tatara.model.transform.OutputFeature;

/** What is done to a column on its way to a feature, in words. */
final class FeatureWords {
    static final String AS_IT_IS = "the number as it is";

    private FeatureWords() {}

    static String of(FittedColumn column, OutputFeature output) {
        if (column instanceof FittedColumn.Numeric number) {
            String bounds = number.clipLow().map(low -> " from " + low).orElse("")
                    + number.clipHigh().map(high -> " to " + high).orElse("");
            return bounds.isEmpty() ? AS_IT_IS : "clipped" + bounds;
        }
        if (column instanceof FittedColumn.Category category) {
            return "category of " + category.levels().size() + " levels, others are one";
        }
        if (column instanceof FittedColumn.Calendar) {
            return "part of the time";
        }
        return output.term() ? "weight of a word of the text" : "figure of the text";
    }

    static String of(FeatureDesign.Feature feature) {
        if (feature instanceof FeatureDesign.NumberFeature number) {
            return number.clipLow().isPresent() || number.clipHigh().isPresent() ? "clipped" : AS_IT_IS;
        }
        if (feature instanceof FeatureDesign.CategoryFeature category) {
            return "category of at most " + category.maxLevels() + " levels";
        }
        if (feature instanceof FeatureDesign.TimeFeature time) {
            return "parts of the time: " + time.parts().toString().toLowerCase(Locale.ROOT);
        }
        return "words of the text";
    }
}
