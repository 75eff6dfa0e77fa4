/** The Kubernetes architect: what the pipeline needs on a cluster (K1–K12). */
@NullMarked
package tatara.specialists.phase3.kubernetesarchitect;

import org.jspecify.annotations.NullMarked;
