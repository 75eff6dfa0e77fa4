package tatara.train.learner;

import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** The learners' native libraries, for a look before they are needed. */
public final class NativeLibraries {
    private NativeLibraries() {}

    /**
     * Loads both libraries and calls them once.
     *
     * @return what was found, for people
     * @throws TataraException with {@code NATIVE_LIBRARY} or {@code NATIVE_CALL} if one does not work
     */
    public static String describe() {
        LightGbmLibrary.load();
        try {
            DMatrix matrix = new DMatrix(new float[] {1, 2}, 2, 1, Float.NaN);
            long rows = matrix.rowNum();
            matrix.dispose();
            return "LightGBM loads, XGBoost holds a matrix of " + rows + " rows";
        } catch (XGBoostError e) {
            throw new TataraException(TrainErrorCode.NATIVE_CALL, Fault.of("XGBoost: " + e.getMessage()), e);
        }
    }
}
