package tatara.train.learner;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_float;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Rows binned by LightGBM. The whole training set is binned once; folds are subsets of it that share its bins. Bin borders so
 * come from all training rows, labels do not. To be closed; not thread-safe but for {@link #subset}.
 */
final class LightGbmDataset implements AutoCloseable {
    private final SWIGTYPE_p_void handle;
    private final String parameters;
    private boolean closed;

    private LightGbmDataset(SWIGTYPE_p_void handle, String parameters) {
        this.handle = handle;
        this.parameters = parameters;
    }

    /**
     * Bins a training set.
     *
     * @param labels one per row, on the learner's scale
     */
    static LightGbmDataset of(TrainingData data, float[] labels, long seed) {
        LightGbmLibrary.load();
        String categories =
                Arrays.stream(data.categories()).mapToObj(Integer::toString).collect(Collectors.joining(","));
        String parameters = "max_bin=255 num_threads=1 verbosity=-1 feature_pre_filter=false force_row_wise=true "
                + "deterministic=true data_random_seed=" + (int) (seed & 0x3FFFFFFF)
                + (categories.isEmpty() ? "" : " categorical_feature=" + categories);
        SWIGTYPE_p_float matrix = copy(data);
        try {
            SWIGTYPE_p_p_void out = lightgbmlib.voidpp_handle();
            LightGbmLibrary.check(
                    lightgbmlib.LGBM_DatasetCreateFromMat(
                            lightgbmlib.float_to_voidp_ptr(matrix),
                            lightgbmlibConstants.C_API_DTYPE_FLOAT32,
                            data.rows(),
                            data.width(),
                            1,
                            parameters,
                            null,
                            out),
                    "LGBM_DatasetCreateFromMat");
            LightGbmDataset dataset = new LightGbmDataset(lightgbmlib.voidpp_value(out), parameters);
            lightgbmlib.delete_voidpp(out);
            dataset.label(labels);
            return dataset;
        } finally {
            lightgbmlib.delete_floatArray(matrix);
        }
    }

    private static SWIGTYPE_p_float copy(TrainingData data) {
        long width = data.width();
        SWIGTYPE_p_float matrix = lightgbmlib.new_floatArray(Math.max(1, width * data.rows()));
        for (int feature = 0; feature < width; feature++) {
            float[] column = data.features()[feature];
            for (int row = 0; row < data.rows(); row++) {
                lightgbmlib.floatArray_setitem(matrix, row * width + feature, column[row]);
            }
        }
        return matrix;
    }

    private void label(float[] labels) {
        SWIGTYPE_p_float copy = lightgbmlib.new_floatArray(labels.length);
        try {
            for (int row = 0; row < labels.length; row++) {
                lightgbmlib.floatArray_setitem(copy, row, labels[row]);
            }
            LightGbmLibrary.check(
                    lightgbmlib.LGBM_DatasetSetField(
                            handle,
                            "label",
                            lightgbmlib.float_to_voidp_ptr(copy),
                            labels.length,
                            lightgbmlibConstants.C_API_DTYPE_FLOAT32),
                    "LGBM_DatasetSetField");
        } finally {
            lightgbmlib.delete_floatArray(copy);
        }
    }

    /** Some rows, with the same bins. */
    synchronized LightGbmDataset subset(int[] rows) {
        SWIGTYPE_p_int indexes = lightgbmlib.new_intArray(rows.length);
        try {
            for (int i = 0; i < rows.length; i++) {
                lightgbmlib.intArray_setitem(indexes, i, rows[i]);
            }
            SWIGTYPE_p_p_void out = lightgbmlib.voidpp_handle();
            LightGbmLibrary.check(
                    lightgbmlib.LGBM_DatasetGetSubset(handle(), indexes, rows.length, parameters, out),
                    "LGBM_DatasetGetSubset");
            LightGbmDataset subset = new LightGbmDataset(lightgbmlib.voidpp_value(out), parameters);
            lightgbmlib.delete_voidpp(out);
            return subset;
        } finally {
            lightgbmlib.delete_intArray(indexes);
        }
    }

    SWIGTYPE_p_void handle() {
        if (closed) {
            throw new IllegalStateException("dataset: closed (expected: open)");
        }
        return handle;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            LightGbmLibrary.check(lightgbmlib.LGBM_DatasetFree(handle), "LGBM_DatasetFree");
        }
    }
}
