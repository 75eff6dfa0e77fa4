package tatara.train.learner;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import tatara.core.spec.Task;
import tatara.model.calibrate.Link;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.IdentityEncoder;
import tatara.model.tree.Tree;
import tatara.model.tree.TreeEnsemble;

/**
 * A forest of extremely randomised trees (Geurts, Ernst and Wehenkel, Machine Learning 2006): every tree sees all rows; each node
 * takes the best of a few features at one random cut each. Categories split by random sets of levels; missing values go to the
 * side where they fit better.
 */
final class ExtraTreesLearner implements Learner {
    private static final Set<String> KNOWN = Set.of("trees", "feature_share", "min_leaf", "max_depth", "fit_rows");

    private final TrainingData data;
    private final LabelScale scale;
    private final Parameters parameters;

    ExtraTreesLearner(TrainingData data, LabelScale scale, Parameters parameters) {
        this.data = data;
        this.scale = scale;
        this.parameters = parameters;
    }

    static Set<String> known() {
        return KNOWN;
    }

    @Override
    public FoldResult train(Fold fold) {
        int[] rows = sample(fold);
        float[][] columns = new float[data.width()][rows.length];
        for (int feature = 0; feature < columns.length; feature++) {
            for (int i = 0; i < rows.length; i++) {
                columns[feature][i] = data.features()[feature][rows[i]];
            }
        }
        double[] labels = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = scale.of(data.labels()[rows[i]]);
        }
        int outputs = data.scorerOutputs();
        int count = parameters.integer("trees", 100);
        List<Tree> trees = new ArrayList<>();
        int grown = 0;
        while (grown < count && (grown == 0 || !fold.abort().getAsBoolean())) {
            SplittableRandom random = new SplittableRandom(fold.seed() + 0x9E3779B97F4A7C15L * (grown + 1));
            trees.addAll(new RandomTree(data, columns, labels, settings(), random).grow());
            grown++;
        }
        boolean regression = data.task() == Task.REGRESSION;
        double[] base = new double[outputs];
        java.util.Arrays.fill(base, regression ? scale.centre() : 0);
        Link link = regression ? NativeMetric.link(data) : Link.IDENTITY;
        TreeEnsemble scorer = TreeEnsemble.of(trees, outputs, base, link, (regression ? scale.scale() : 1.0) / grown);
        FoldModel model = new FoldModel(new IdentityEncoder(data.width()), scorer);
        return new FoldResult(model, ScorerCheck.score(model, data, fold.valid()), grown, 0);
    }

    private RandomTree.Settings settings() {
        double usual = data.task() == Task.REGRESSION ? 0.6 : Math.sqrt(data.width()) / data.width();
        double share = parameters.number("feature_share", usual);
        int features = (int) Math.ceil(share * data.width());
        return new RandomTree.Settings(
                Math.max(1, Math.min(features, data.width())),
                Math.max(1, parameters.integer("min_leaf", 3)),
                Math.max(1, Math.min(parameters.integer("max_depth", 24), 60)));
    }

    private int[] sample(Fold fold) {
        int most = parameters.integer("fit_rows", 200_000);
        if (fold.train().length <= most) {
            return fold.train();
        }
        int[] chosen = new int[most];
        for (int i = 0; i < most; i++) {
            chosen[i] = fold.train()[(int) ((long) i * fold.train().length / most)];
        }
        return chosen;
    }
}
