package tatara.model.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.frame.Kind;
import tatara.core.spec.Task;
import tatara.model.calibrate.Calibrator;
import tatara.model.calibrate.Link;
import tatara.model.calibrate.NoCalibrator;
import tatara.model.calibrate.SigmoidCalibrator;
import tatara.model.ensemble.Ensemble;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.IdentityEncoder;
import tatara.model.ensemble.LinearEncoder;
import tatara.model.ensemble.Member;
import tatara.model.linear.LinearScorer;
import tatara.model.transform.FittedColumn;
import tatara.model.transform.FittedTransform;
import tatara.model.tree.RandomTrees;
import tatara.model.tree.TreeEnsemble;

/** Bundles with random models of a plan (category), an amount (money) and a signup time. */
final class SampleBundles {
    private static final CellFormat MONEY =
            new CellFormat(List.of("?"), ".", ",", "$", "", Optional.empty(), List.of(), List.of());

    private SampleBundles() {}

    static List<Signature.Input> inputs() {
        return List.of(
                new Signature.Input("plan", ColumnType.CATEGORY, CellFormat.plain(), true),
                new Signature.Input("amount", ColumnType.NUMBER, MONEY, true),
                new Signature.Input("signup", ColumnType.TIME, CellFormat.plain(), false),
                new Signature.Input("active", ColumnType.BOOLEAN, CellFormat.plain(), false));
    }

    static FittedTransform transform() {
        return FittedTransform.of(List.of(
                new FittedColumn.Category("plan", Kind.TEXT, List.of("basic", "gold", "3")),
                new FittedColumn.Numeric("amount", Kind.NUMBER, Optional.empty(), Optional.empty()),
                new FittedColumn.Calendar("signup", List.of(tatara.core.design.FeatureDesign.Part.MONTH), 0),
                new FittedColumn.Numeric("active", Kind.TEXT, Optional.empty(), Optional.empty())));
    }

    static ModelBundle of(Task task) {
        return switch (task) {
            case BINARY -> bundle(task, List.of("no", "yes"), 1, Link.SIGMOID, new SigmoidCalibrator(1.1, 0.1));
            case MULTICLASS -> bundle(task, List.of("a", "b", "c"), 3, Link.SOFTMAX, new NoCalibrator());
            case ANOMALY ->
                ModelBundle.anomaly(
                        signature(task, List.of()),
                        transform(),
                        new IdentityEncoder(4),
                        TreeEnsemble.of(
                                new RandomTrees(1, 4, 1).list(9, 5), 1, new double[] {0.5}, Link.HALF_POWER, 0.1));
            default -> bundle(task, List.of(), 1, Link.EXPM1, new NoCalibrator());
        };
    }

    private static Signature signature(Task task, List<String> classes) {
        Optional<String> positive = task == Task.BINARY ? Optional.of("yes") : Optional.empty();
        return new Signature(task, inputs(), "churn", classes, positive, 0.4, Optional.empty(), Optional.empty(), 0);
    }

    private static ModelBundle bundle(Task task, List<String> classes, int outputs, Link link, Calibrator calibrator) {
        RandomTrees random = new RandomTrees(7, 4, 1);
        List<FoldModel> trees = new ArrayList<>();
        for (int fold = 0; fold < 2; fold++) {
            trees.add(new FoldModel(
                    new IdentityEncoder(4),
                    TreeEnsemble.of(random.list(10 * outputs, 6), outputs, new double[outputs], link, 1)));
        }
        LinearEncoder encoder = new LinearEncoder(List.of(
                new LinearEncoder.Levels(0, 3, true),
                new LinearEncoder.Scaled(1, 10, 10, 5, 4, true),
                new LinearEncoder.Scaled(2, 6, 6, 3, 4, false)));
        double[][] weights = new double[outputs][encoder.width()];
        for (int output = 0; output < outputs; output++) {
            for (int i = 0; i < encoder.width(); i++) {
                weights[output][i] = Math.sin(output * 10 + i);
            }
        }
        FoldModel linear = new FoldModel(encoder, new LinearScorer(weights, new double[outputs], link));
        return ModelBundle.tabular(
                signature(task, classes),
                transform(),
                new Ensemble(
                        List.of(new Member("trees", 0.75, trees), new Member("linear", 0.25, List.of(linear))),
                        calibrator,
                        outputs));
    }
}
