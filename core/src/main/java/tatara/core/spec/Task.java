package tatara.core.spec;

/** What kind of question the sentence asks. */
public enum Task {
    BINARY,
    MULTICLASS,
    REGRESSION,
    FORECAST,
    ANOMALY;

    public boolean isClassification() {
        return this == BINARY || this == MULTICLASS;
    }
}
