package tatara.specialists.phase2.mlengineer;
import java.util.*;
import tatara.core.design.*;
import tatara.core.evidence.*;
import tatara.core.spec.*;
public final class MlEngineer { public Proposal<TrainingDesign> design(Spec spec, FeatureDesign f, FeatureEvidence e) {
  List<TrainingDesign.Candidate> c = spec.task() == Task.FORECAST ? ForecastPortfolio.candidates(spec, f, e) : spec.task()==Task.ANOMALY ? AnomalyPortfolio.candidates(spec, f, e) : List.of(
   new TrainingDesign.Candidate("lightgbm-1", TrainingDesign.Learner.LIGHTGBM, Map.of(), 2), new TrainingDesign.Candidate("linear", TrainingDesign.Learner.LINEAR, Map.of(), 1), new TrainingDesign.Candidate("xgboost-1", TrainingDesign.Learner.XGBOOST, Map.of(), 3));
  return new Proposal<>(new TrainingDesign(5,1,1000000,2,c,new TrainingDesign.Ensemble(25,8),TrainingDesign.Calibration.BEST,spec.budgetSeconds(),10,spec.seed()), List.of()); } }
