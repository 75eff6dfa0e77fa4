package tatara.core.design;

/**
 * The Kubernetes architect's hand-off (K1–K12): what the pipeline would need on a cluster, computed from what this run used.
 *
 * @param server pods that answer predictions
 * @param training the job that trains
 * @param scaling how the server scales
 * @param trainingSpotShare share of training that may run on spot capacity, in [0, 1]
 * @param storageGigabytes volume for data and artifacts
 */
public record ClusterDesign(
        Resources server, Resources training, Scaling scaling, double trainingSpotShare, double storageGigabytes)
        implements Design {

    /** Request and limit of one pod. */
    public record Resources(int cpuMillis, int memoryMegabytes, int cpuLimitMillis, int memoryLimitMegabytes) {}

    /**
     * Replicas by load.
     *
     * @param requestsPerSecondPerReplica what one replica was measured to answer, with headroom
     * @param targetCpuPercent where the autoscaler holds CPU
     */
    public record Scaling(int minReplicas, int maxReplicas, double requestsPerSecondPerReplica, int targetCpuPercent) {}
}
