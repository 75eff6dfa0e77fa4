package tatara.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import tatara.core.design.FeatureDesign;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.spec.Task;
import tatara.model.bundle.ModelBundle;
import tatara.model.bundle.Signature;
import tatara.model.calibrate.Link;
import tatara.model.calibrate.NoCalibrator;
import tatara.model.calibrate.SigmoidCalibrator;
import tatara.model.ensemble.Ensemble;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.IdentityEncoder;
import tatara.model.ensemble.LinearEncoder;
import tatara.model.ensemble.Member;
import tatara.model.forecast.ForecastModel;
import tatara.model.forecast.SeriesState;
import tatara.model.forecast.Structural;
import tatara.model.forecast.TimeGrid;
import tatara.model.forecast.WindowFeatures;
import tatara.model.linear.LinearScorer;
import tatara.model.transform.FittedColumn;
import tatara.model.transform.FittedTransform;
import tatara.model.tree.Tree;
import tatara.model.tree.TreeEnsemble;

/** Small real bundles on hostile column names, and rows for them. */
public final class TestBundles {
    /** 2026-01-01T00:00Z. */
    public static final long START = 1_767_225_600_000_000L;

    private static final long DAY = 86_400_000_000L;
    private static final String PLAN = "plan \"x\", y";
    private static final CellFormat MONEY =
            new CellFormat(List.of("?"), ",", ".", "$", "", Optional.empty(), List.of(), List.of());
    private static final CellFormat FLAG =
            new CellFormat(List.of(), ".", "", "", "", Optional.empty(), List.of("Ja"), List.of("Nein"));
    private static final CellFormat GERMAN_DATE =
            new CellFormat(List.of(), ".", "", "", "", Optional.of("dd.MM.yyyy"), List.of(), List.of());

    private TestBundles() {}

    private static List<Signature.Input> inputs() {
        return List.of(
                new Signature.Input("tenure", ColumnType.INTEGER, CellFormat.plain(), true),
                new Signature.Input("charges", ColumnType.NUMBER, MONEY, true),
                new Signature.Input(PLAN, ColumnType.CATEGORY, CellFormat.plain(), true),
                new Signature.Input("senior", ColumnType.BOOLEAN, FLAG, false),
                new Signature.Input("since", ColumnType.TIME, GERMAN_DATE, false));
    }

    private static Signature signature(Task task, List<String> classes, double threshold) {
        return new Signature(
                task,
                inputs(),
                "y",
                classes,
                task == Task.BINARY ? Optional.of(classes.get(1)) : Optional.empty(),
                threshold,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    private static FittedTransform transform() {
        return FittedTransform.of(List.of(
                new FittedColumn.Numeric("tenure", Kind.NUMBER, Optional.empty(), Optional.of(72.0)),
                new FittedColumn.Numeric("charges", Kind.NUMBER, Optional.empty(), Optional.empty()),
                new FittedColumn.Category(PLAN, Kind.TEXT, List.of("basic", "pro", "naïve 名")),
                new FittedColumn.Numeric("senior", Kind.TEXT, Optional.empty(), Optional.empty()),
                new FittedColumn.Calendar("since", List.of(FeatureDesign.Part.ELAPSED), START)));
    }

    private static FoldModel linear(int outputs, Link link, double shift) {
        LinearEncoder encoder = new LinearEncoder(List.of(
                new LinearEncoder.Scaled(0, 20, 20, 10, 8, true),
                new LinearEncoder.Scaled(1, 50, 50, 25, 8, false),
                new LinearEncoder.Levels(2, 3, true)));
        double[][] weights = new double[outputs][encoder.width()];
        double[] bias = new double[outputs];
        SplittableRandom random = new SplittableRandom(7);
        for (int output = 0; output < outputs; output++) {
            bias[output] = shift;
            for (int column = 0; column < encoder.width(); column++) {
                weights[output][column] = random.nextDouble() * 2 - 1;
            }
        }
        return new FoldModel(encoder, new LinearScorer(weights, bias, link));
    }

    private static FoldModel trees(int width, Link link) {
        List<Tree> trees = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double cut = i + 0.5;
            trees.add(new Tree(
                    new int[] {0, 1},
                    new double[] {cut, 20 + i},
                    new int[] {1, ~0},
                    new int[] {~2, ~1},
                    new boolean[] {true, false},
                    new long[0][],
                    new double[] {100, 50},
                    new double[] {0.11, -0.07, -0.03},
                    new double[] {25, 25, 50}));
        }
        return new FoldModel(new IdentityEncoder(width), TreeEnsemble.of(trees, 1, new double[] {0.1}, link, 1));
    }

    /** Two classes; {@code shift} moves the log-odds, so that versions differ. */
    public static ModelBundle binary(double shift) {
        FittedTransform transform = transform();
        int width = transform.outputs().size();
        Ensemble ensemble = new Ensemble(
                List.of(
                        new Member("linear", 0.4, List.of(linear(1, Link.SIGMOID, shift))),
                        new Member("trees", 0.6, List.of(trees(width, Link.SIGMOID), trees(width, Link.SIGMOID)))),
                new SigmoidCalibrator(1.1, -0.2),
                1);
        return ModelBundle.tabular(signature(Task.BINARY, List.of("No", "Yes, <b>"), 0.4), transform, ensemble);
    }

    public static ModelBundle multiclass() {
        Ensemble ensemble = new Ensemble(
                List.of(new Member("linear", 1, List.of(linear(3, Link.SOFTMAX, 0)))), new NoCalibrator(), 3);
        return ModelBundle.tabular(
                signature(Task.MULTICLASS, List.of("a,b", "c\"d", "e"), Double.NaN), transform(), ensemble);
    }

    public static ModelBundle regression() {
        Ensemble ensemble = new Ensemble(
                List.of(new Member("linear", 1, List.of(linear(1, Link.IDENTITY, 1_000_000)))), new NoCalibrator(), 1);
        return ModelBundle.tabular(signature(Task.REGRESSION, List.of(), Double.NaN), transform(), ensemble);
    }

    public static ModelBundle anomaly() {
        FittedTransform transform = transform();
        FoldModel fold = linear(1, Link.SIGMOID, 0);
        return ModelBundle.anomaly(signature(Task.ANOMALY, List.of(), 0.6), transform, fold.encoder(), fold.scorer());
    }

    /** Two daily series, lines of slope 1 and 2 that ended on 2026-01-10 at 100 and 200. */
    public static ModelBundle forecast() {
        Signature signature = new Signature(
                Task.FORECAST,
                List.of(
                        new Signature.Input("shop", ColumnType.CATEGORY, CellFormat.plain(), true),
                        new Signature.Input("day", ColumnType.TIME, CellFormat.plain(), true)),
                "sales",
                List.of(),
                Optional.empty(),
                Double.NaN,
                Optional.of("shop"),
                Optional.of("day"),
                7);
        ForecastModel.Layout layout = new ForecastModel.Layout(
                Optional.of("shop"),
                Optional.of("day"),
                TimeGrid.ofSeconds(86_400),
                List.of(),
                new WindowFeatures(7, new int[0], false, 0),
                new double[] {1, 2, 3, 4, 5, 6, 7});
        return ModelBundle.forecast(
                signature,
                new ForecastModel(layout, List.of(), List.of(series("north", 100, 1), series("süd", 200, 2))));
    }

    private static SeriesState series(String name, double level, double slope) {
        return new SeriesState(
                name,
                START + 9 * DAY,
                new double[] {level - slope, level},
                new double[2][0],
                List.of(Structural.line(level, slope)),
                new double[] {1},
                1,
                true);
    }

    /** Rows for the bundles on single rows, with missing values, unseen categories and an extra column. */
    public static Frame rows(int count) {
        SplittableRandom random = new SplittableRandom(42);
        double[] tenure = new double[count];
        double[] charges = new double[count];
        long[] since = new long[count];
        String[] plans = {"basic", "pro", "naïve 名", "never seen"};
        int[] plan = new int[count];
        for (int row = 0; row < count; row++) {
            tenure[row] = random.nextInt(20) == 0 ? Double.NaN : random.nextInt(90);
            charges[row] = random.nextInt(20) == 0 ? Double.NaN : random.nextDouble() * 120;
            since[row] = random.nextInt(10) == 0 ? TimeColumn.MISSING : START + random.nextInt(1000) * DAY;
            plan[row] = random.nextInt(15) == 0 ? TextColumn.MISSING : random.nextInt(plans.length);
        }
        List<Field> fields = List.of(
                new Field("since", Kind.TIME),
                new Field(PLAN, Kind.TEXT),
                new Field("extra", Kind.NUMBER),
                new Field("tenure", Kind.NUMBER),
                new Field("charges", Kind.NUMBER),
                new Field("senior", Kind.TEXT));
        List<Column> columns = List.of(
                new TimeColumn(since),
                new TextColumn(plan, plans),
                new NumberColumn(new double[count]),
                new NumberColumn(tenure),
                new NumberColumn(charges),
                TextColumn.of(count, row -> row % 3 == 0 ? "true" : row % 3 == 1 ? "false" : null));
        return new Frame(new Schema(fields), columns, count);
    }

    /** The next {@code days} days of both shops, the shops by turns. */
    public static Frame steps(int days) {
        long[] micros = new long[2 * days];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = START + (10 + i / 2) * DAY;
        }
        return new Frame(
                new Schema(List.of(new Field("day", Kind.TIME), new Field("shop", Kind.TEXT))),
                List.of(new TimeColumn(micros), TextColumn.of(2 * days, row -> row % 2 == 0 ? "north" : "süd")),
                2 * days);
    }
}
