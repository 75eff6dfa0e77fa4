package tatara.core.design;

import java.util.List;

/**
 * The MLOps engineer's hand-off (V1–V4, R1–R4): how the model goes live and how it comes back.
 *
 * @param mode {@code realtime}, {@code batch}, {@code streaming} or {@code hybrid}, as the option {@code deployment_mode} says
 * @param platform value of the option {@code serving_platform}, or {@code embedded}
 * @param strategy of the first and later rollouts
 * @param endpoints paths that answer
 * @param warmupRows rows scored before traffic
 * @param parityRows recorded rows sent through every path before the model is live
 * @param parityTolerance greatest difference of a prediction between two paths
 * @param maxBatchRows rows of one request at most
 * @param maxBodyBytes bytes of one request at most
 * @param queueLimit requests waiting before 503
 * @param deadlineMillis time a request may take
 * @param keepVersions earlier versions kept ready for a rollback
 */
public record DeploymentDesign(
        String mode,
        String platform,
        Strategy strategy,
        List<String> endpoints,
        int warmupRows,
        int parityRows,
        double parityTolerance,
        int maxBatchRows,
        long maxBodyBytes,
        int queueLimit,
        long deadlineMillis,
        int keepVersions)
        implements Design {

    /** How a new version takes over. */
    public enum Strategy {
        DIRECT,
        BLUE_GREEN,
        CANARY,
        SHADOW
    }
}
