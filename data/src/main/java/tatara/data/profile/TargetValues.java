package tatara.data.profile;

import tatara.core.spec.Task;

/**
 * The target in a sample of rows, none missing.
 *
 * @param column its values
 * @param classed whether classes are predicted, not numbers
 * @param ordered whether rows follow each other in time, so that everything resembles its neighbours
 */
record TargetValues(SampledColumn column, boolean classed, boolean ordered) {
    static TargetValues of(SampledColumn column, Task task) {
        boolean numeric = column.isNumeric() && (task == Task.REGRESSION || task == Task.FORECAST);
        return new TargetValues(column, !numeric, task == Task.FORECAST);
    }

    int rows() {
        return column.rows();
    }

    int classes() {
        return column.levels();
    }

    /** Rows of each class. */
    int[] classRows() {
        int[] rows = new int[column.levels()];
        for (int code : column.codes()) {
            rows[code]++;
        }
        return rows;
    }

    /** What a class is called, for people. */
    String className(int code) {
        return code < column.names().size() ? column.names().get(code) : "class " + code;
    }
}
