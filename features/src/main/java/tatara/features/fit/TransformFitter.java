package tatara.features.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tatara.core.design.FeatureDesign;
import tatara.core.design.FeatureDesign.CategoryFeature;
import tatara.core.design.FeatureDesign.Feature;
import tatara.core.design.FeatureDesign.NumberFeature;
import tatara.core.design.FeatureDesign.TextFeature;
import tatara.core.design.FeatureDesign.TimeFeature;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.Schema;
import tatara.model.transform.FittedColumn;
import tatara.model.transform.FittedTransform;

/**
 * Fits the transform of a feature design in one streamed pass over the training rows (S2). Memory is bounded: at most
 * {@link #MOST_LEVELS} levels of a category and {@link #MOST_TERMS} terms of a text are counted at once, the rarer half is
 * forgotten when there are more. The same rows in the same order give the same transform. Stateless, thread-safe.
 */
public final class TransformFitter {
    /** Levels of one category counted at once. */
    public static final int MOST_LEVELS = 200_000;

    /** Terms of one text counted at once. */
    public static final int MOST_TERMS = 400_000;

    /**
     * @param trainingRows hold every column that a feature names; views are joined already
     * @return a feature without any value, or without a level that is frequent enough, is left out
     * @throws TataraException with {@link FitErrorCode} if a feature does not fit the rows, or none has a value
     */
    public FittedTransform fit(FeatureDesign design, FrameSource trainingRows) {
        Schema schema = trainingRows.schema();
        List<ColumnFit> fits = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        for (Feature feature : design.features()) {
            int position = position(feature, schema);
            fits.add(start(feature, schema.field(position).kind()));
            positions.add(position);
        }
        trainingRows.forEach(frame -> {
            for (int i = 0; i < fits.size(); i++) {
                fits.get(i).add(frame.column(positions.get(i)));
            }
        });
        List<FittedColumn> columns = new ArrayList<>();
        fits.forEach(fit -> fit.fitted().ifPresent(columns::add));
        if (columns.isEmpty()) {
            throw new TataraException(
                    FitErrorCode.NO_FEATURES,
                    Fault.of("No feature has a value in the " + trainingRows.rows() + " training rows")
                            .expecting("at least one column with values")
                            .todo("Give data with more columns, or change the data scientist's hand-off"));
        }
        return FittedTransform.of(columns);
    }

    private static int position(Feature feature, Schema schema) {
        OptionalInt position = schema.indexOf(feature.column());
        return position.orElseThrow(() -> new TataraException(
                FitErrorCode.UNKNOWN_COLUMN,
                Fault.of("No column '" + feature.column() + "'")
                        .at("features of the data scientist's hand-off")
                        .expecting("one of " + schema.names())
                        .todo("Correct the hand-off")));
    }

    private static ColumnFit start(Feature feature, Kind kind) {
        if (feature instanceof NumberFeature number && kind != Kind.TIME) {
            return new ColumnFit.NumberFit(number, kind);
        }
        if (feature instanceof CategoryFeature category && kind != Kind.TIME) {
            return new ColumnFit.CategoryFit(category, kind, MOST_LEVELS);
        }
        if (feature instanceof TimeFeature time && kind == Kind.TIME) {
            return new ColumnFit.TimeFit(time);
        }
        if (feature instanceof TextFeature text && kind == Kind.TEXT) {
            return new ColumnFit.TextFit(text, MOST_TERMS);
        }
        throw new TataraException(
                FitErrorCode.WRONG_KIND,
                Fault.of("A " + feature.getClass().getSimpleName() + " does not fit a column of " + kind)
                        .at("column '" + feature.column() + "'")
                        .todo("Correct the feature in the data scientist's hand-off"));
    }
}
