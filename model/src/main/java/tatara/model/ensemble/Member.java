package tatara.model.ensemble;

import java.util.List;

/**
 * A candidate in the ensemble: its prediction is the mean of its folds' outputs.
 *
 * @param id the candidate's id
 * @param weight share in the ensemble, weights sum to 1
 * @param folds at least one
 */
public record Member(String id, double weight, List<FoldModel> folds) {
    public Member {
        folds = List.copyOf(folds);
    }
}
