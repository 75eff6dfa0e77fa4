package tatara.core.design;

/** What a specialist decided: the {@code spec} of a hand-off. */
public sealed interface Design
        permits DataDesign,
                FeatureDesign,
                TrainingDesign,
                ProductionDesign,
                DeploymentDesign,
                ClusterDesign,
                ObservabilityDesign {}
