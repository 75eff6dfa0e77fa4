package tatara.train.learner;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_float;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;

/** A model in training. To be closed before its datasets; not thread-safe. */
final class LightGbmBooster implements AutoCloseable {
    private static final long FIRST_TEXT_BUFFER = 1 << 20;

    private final SWIGTYPE_p_void handle;
    private final SWIGTYPE_p_int flag = lightgbmlib.new_intp();
    private final SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
    private final SWIGTYPE_p_double scores;
    private boolean closed;

    private LightGbmBooster(SWIGTYPE_p_void handle) {
        this.handle = handle;
        LightGbmLibrary.check(lightgbmlib.LGBM_BoosterGetEvalCounts(handle, flag), "LGBM_BoosterGetEvalCounts");
        scores = lightgbmlib.new_doubleArray(Math.max(1, lightgbmlib.intp_value(flag)));
    }

    /** @param parameters name=value, separated by blanks */
    static LightGbmBooster of(LightGbmDataset train, LightGbmDataset valid, String parameters) {
        SWIGTYPE_p_p_void out = lightgbmlib.voidpp_handle();
        LightGbmLibrary.check(lightgbmlib.LGBM_BoosterCreate(train.handle(), parameters, out), "LGBM_BoosterCreate");
        SWIGTYPE_p_void handle = lightgbmlib.voidpp_value(out);
        lightgbmlib.delete_voidpp(out);
        LightGbmLibrary.check(lightgbmlib.LGBM_BoosterAddValidData(handle, valid.handle()), "LGBM_BoosterAddValidData");
        return new LightGbmBooster(handle);
    }

    /** Adds one tree per output; gives whether there is nothing left to split. */
    boolean update() {
        LightGbmLibrary.check(lightgbmlib.LGBM_BoosterUpdateOneIter(handle, flag), "LGBM_BoosterUpdateOneIter");
        return lightgbmlib.intp_value(flag) == 1;
    }

    /** The first metric on the validation rows. */
    double score() {
        LightGbmLibrary.check(lightgbmlib.LGBM_BoosterGetEval(handle, 1, flag, scores), "LGBM_BoosterGetEval");
        return lightgbmlib.intp_value(flag) < 1 ? Double.NaN : lightgbmlib.doubleArray_getitem(scores, 0);
    }

    /** The model text of the first rounds. */
    String text(int rounds) {
        String text = lightgbmlib.LGBM_BoosterSaveModelToStringSWIG(
                handle, 0, rounds, lightgbmlibConstants.C_API_FEATURE_IMPORTANCE_SPLIT, FIRST_TEXT_BUFFER, length);
        if (text == null) {
            LightGbmLibrary.check(-1, "LGBM_BoosterSaveModelToString");
        }
        return text;
    }

    /**
     * Predicts on the output scale.
     *
     * @param rows of the data
     * @param outputs numbers per row; the library writes rows x outputs doubles
     * @return [row][output]
     */
    double[][] predict(TrainingData data, int[] rows, int rounds, int outputs) {
        int width = data.width();
        SWIGTYPE_p_float matrix = lightgbmlib.new_floatArray(Math.max(1, (long) width * rows.length));
        SWIGTYPE_p_double out = lightgbmlib.new_doubleArray((long) rows.length * outputs);
        try {
            for (int i = 0; i < rows.length; i++) {
                for (int feature = 0; feature < width; feature++) {
                    lightgbmlib.floatArray_setitem(
                            matrix, (long) i * width + feature, data.features()[feature][rows[i]]);
                }
            }
            LightGbmLibrary.check(
                    lightgbmlib.LGBM_BoosterPredictForMat(
                            handle,
                            lightgbmlib.float_to_voidp_ptr(matrix),
                            lightgbmlibConstants.C_API_DTYPE_FLOAT32,
                            rows.length,
                            width,
                            1,
                            lightgbmlibConstants.C_API_PREDICT_NORMAL,
                            0,
                            rounds,
                            "num_threads=1 predict_disable_shape_check=false",
                            length,
                            out),
                    "LGBM_BoosterPredictForMat");
            return read(out, rows.length, outputs);
        } finally {
            lightgbmlib.delete_doubleArray(out);
            lightgbmlib.delete_floatArray(matrix);
        }
    }

    private double[][] read(SWIGTYPE_p_double out, int rows, int outputs) {
        if (lightgbmlib.int64_tp_value(length) != (long) rows * outputs) {
            throw new IllegalStateException("predictions: " + lightgbmlib.int64_tp_value(length) + " (expected: "
                    + (long) rows * outputs + ")");
        }
        double[][] predictions = new double[rows][outputs];
        for (int row = 0; row < rows; row++) {
            for (int output = 0; output < outputs; output++) {
                predictions[row][output] = lightgbmlib.doubleArray_getitem(out, (long) row * outputs + output);
            }
        }
        return predictions;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lightgbmlib.delete_intp(flag);
            lightgbmlib.delete_int64_tp(length);
            lightgbmlib.delete_doubleArray(scores);
            LightGbmLibrary.check(lightgbmlib.LGBM_BoosterFree(handle), "LGBM_BoosterFree");
        }
    }
}
