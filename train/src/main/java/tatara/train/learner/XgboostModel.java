package tatara.train.learner;

import java.util.ArrayList;
import java.util.List;
import tatara.model.calibrate.Link;
import tatara.model.tree.Tree;
import tatara.model.tree.TreeEnsemble;

/** Reads XGBoost's UBJSON model. XGBoost goes left when {@code value < condition}; floats make that {@code <= nextDown}. */
final class XgboostModel {
    private XgboostModel() {}

    /**
     * @param rounds trees per output that are kept
     * @param centre added to every margin
     * @param scale factor of every margin before that
     */
    static TreeEnsemble read(byte[] ubj, int rounds, int outputs, Link link, double centre, double scale) {
        Object learner = Ubj.find(Ubj.read(ubj), "learner");
        List<?> stored = (List<?>) Ubj.find(learner, "gradient_booster", "model", "trees");
        List<Tree> trees = new ArrayList<>();
        int count = Math.min(stored.size(), rounds * outputs);
        for (int i = 0; i < count; i++) {
            trees.add(tree(stored.get(i)));
        }
        String base = (String) Ubj.find(learner, "learner_model_param", "base_score");
        String objective = (String) Ubj.find(learner, "objective", "name");
        double[] margins = margins(base, objective, outputs);
        for (int output = 0; output < outputs; output++) {
            margins[output] = centre + scale * margins[output];
        }
        return TreeEnsemble.of(trees, outputs, margins, link, scale);
    }

    private static double[] margins(String base, String objective, int outputs) {
        String[] parts = base.replace("[", "").replace("]", "").split(",");
        double[] margins = new double[outputs];
        for (int output = 0; output < outputs; output++) {
            double score = Float.parseFloat(parts[parts.length == outputs ? output : 0].strip());
            margins[output] = objective.equals("binary:logistic") ? -Math.log(1 / score - 1) : score;
        }
        return margins;
    }

    private static Tree tree(Object stored) {
        double[] left = numbers(stored, "left_children");
        double[] right = numbers(stored, "right_children");
        int[] number = new int[left.length];
        int nodes = 0;
        int leaves = 0;
        int[] stack = new int[left.length + 1];
        int size = 1;
        List<Integer> order = new ArrayList<>();
        while (size > 0) {
            int at = stack[--size];
            order.add(at);
            if (left[at] < 0) {
                number[at] = ~leaves++;
            } else {
                number[at] = nodes++;
                stack[size++] = (int) right[at];
                stack[size++] = (int) left[at];
            }
        }
        return arrange(stored, order, number, left, right);
    }

    private static Tree arrange(Object stored, List<Integer> order, int[] number, double[] left, double[] right) {
        int nodes = order.size() / 2;
        double[] conditions = numbers(stored, "split_conditions");
        double[] indices = numbers(stored, "split_indices");
        double[] defaults = numbers(stored, "default_left");
        double[] hessian = numbers(stored, "sum_hessian");
        int[] feature = new int[nodes];
        double[] threshold = new double[nodes];
        int[] leftChild = new int[nodes];
        int[] rightChild = new int[nodes];
        boolean[] defaultLeft = new boolean[nodes];
        double[] nodeCover = new double[nodes];
        double[] leafValue = new double[nodes + 1];
        double[] leafCover = new double[nodes + 1];
        for (int at : order) {
            int to = number[at];
            if (to < 0) {
                leafValue[~to] = conditions[at];
                leafCover[~to] = hessian[at];
            } else {
                feature[to] = (int) indices[at];
                threshold[to] = Math.nextDown((float) conditions[at]);
                leftChild[to] = number[(int) left[at]];
                rightChild[to] = number[(int) right[at]];
                defaultLeft[to] = defaults[at] != 0;
                nodeCover[to] = hessian[at];
            }
        }
        return new Tree(
                feature, threshold, leftChild, rightChild, defaultLeft, new long[0][], nodeCover, leafValue, leafCover);
    }

    private static double[] numbers(Object stored, String name) {
        Object found = Ubj.find(stored, name);
        if (found instanceof double[] numbers) {
            return numbers;
        }
        List<?> items = (List<?>) found;
        double[] numbers = new double[items.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (Double) items.get(i);
        }
        return numbers;
    }
}
