package tatara.core.design;

/** The seven specialists, in the order in which they work (A3). */
public enum Specialist {
    DATA_ENGINEER(1, "DataDesign", DataDesign.class),
    DATA_SCIENTIST(1, "FeatureDesign", FeatureDesign.class),
    ML_ENGINEER(2, "TrainingDesign", TrainingDesign.class),
    PRODUCTION_ENGINEER(2, "ProductionDesign", ProductionDesign.class),
    MLOPS_ENGINEER(3, "DeploymentDesign", DeploymentDesign.class),
    KUBERNETES_ARCHITECT(3, "ClusterDesign", ClusterDesign.class),
    OBSERVABILITY_ENGINEER(4, "ObservabilityDesign", ObservabilityDesign.class);

    private final int phase;
    private final String kind;
    private final Class<? extends Design> design;

    Specialist(int phase, String kind, Class<? extends Design> design) {
        this.phase = phase;
        this.kind = kind;
        this.design = design;
    }

    public int phase() {
        return phase;
    }

    /** The {@code kind} of the hand-off document. */
    public String kind() {
        return kind;
    }

    public Class<? extends Design> design() {
        return design;
    }

    /** The name in file names and on the command line, such as {@code data-engineer}. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The hand-off's file name, such as {@code 1-data-engineer.yaml}. */
    public String fileName() {
        return phase + "-" + key() + ".yaml";
    }
}
