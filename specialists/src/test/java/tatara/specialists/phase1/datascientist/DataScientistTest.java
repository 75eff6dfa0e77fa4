package tatara.specialists.phase1.datascientist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tatara.core.design.DataDesign;
import tatara.core.design.FeatureDesign;
import tatara.core.design.FeatureDesign.Aggregate;
import tatara.core.design.FeatureDesign.CategoryFeature;
import tatara.core.design.FeatureDesign.Feature;
import tatara.core.design.FeatureDesign.NumberFeature;
import tatara.core.design.FeatureDesign.Part;
import tatara.core.design.FeatureDesign.Split;
import tatara.core.design.FeatureDesign.TextFeature;
import tatara.core.design.FeatureDesign.Threshold;
import tatara.core.design.FeatureDesign.TimeFeature;
import tatara.core.design.FeatureDesign.ViewColumn;
import tatara.core.design.Proposal;
import tatara.core.evidence.Suspect;
import tatara.core.spec.Constraints;
import tatara.core.spec.Goal;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.specialists.Asked;
import tatara.specialists.phase1.dataengineer.DataEngineer;

class DataScientistTest {
    private static Proposal<FeatureDesign> propose(Asked asked) {
        DataDesign data = new DataEngineer().design(asked.spec(), asked.data()).design();
        return new DataScientist().design(asked.spec(), asked.data(), data);
    }

    private static FeatureDesign design(Asked asked) {
        return propose(asked).design();
    }

    private static Map<String, Feature> features(FeatureDesign design) {
        return design.features().stream().collect(Collectors.toMap(Feature::column, feature -> feature));
    }

    @Test
    void featuresFollowTheTypes() {
        Map<String, Feature> features = features(design(
                Asked.of(Task.BINARY, "titanic", "Survived").positive("1").entity("PassengerId")));
        assertThat(features).doesNotContainKeys("PassengerId", "Survived");
        assertThat(features.get("Age")).isEqualTo(new NumberFeature("Age", Optional.empty(), Optional.empty(), true));
        assertThat(features.get("Sex")).isEqualTo(new CategoryFeature("Sex", 2, 1));
        assertThat(features.get("Name")).isInstanceOf(TextFeature.class);
        assertThat(features.get("Ticket")).isInstanceOf(CategoryFeature.class);
    }

    @Test
    void farTailsAreClippedOnlyWhereTheyAre() {
        Map<String, Feature> features = features(design(
                Asked.of(Task.BINARY, "credit-default", "DID_DEFAULT_PAYMENT").positive("1")));
        NumberFeature paid = (NumberFeature) features.get("PAID_AMT2");
        assertThat(paid.clipHigh().orElseThrow()).isBetween(76_651.0, 1_684_259.0);
        assertThat(paid.clipLow()).isEmpty();
        assertThat(((NumberFeature) features.get("AGE")).clipHigh()).isEmpty();
    }

    @Test
    void leaksAndTargetsNeverBecomeFeatures() {
        Asked asked = Asked.of(Task.REGRESSION, "hour", "cnt")
                .time("dteday")
                .suspect("casual", Suspect.Kind.PART_OF_TARGET, true)
                .suspect("registered", Suspect.Kind.PART_OF_TARGET, true);
        assertThat(features(design(asked)))
                .doesNotContainKeys("casual", "registered", "cnt")
                .containsKeys("hr", "dteday");
    }

    @Test
    void aTimeLosesItsPastOnlyWhenItSplits() {
        Asked asked = Asked.of(Task.REGRESSION, "hour", "cnt").time("dteday");
        TimeFeature anywhere = (TimeFeature) features(design(asked)).get("dteday");
        TimeFeature ahead = (TimeFeature) features(design(asked.sentence("how many bikes will be rented")))
                .get("dteday");
        assertThat(anywhere.parts())
                .contains(Part.ELAPSED, Part.YEAR, Part.MONTH, Part.DAY_OF_WEEK)
                .doesNotContain(Part.HOUR);
        assertThat(ahead.parts()).doesNotContain(Part.ELAPSED, Part.YEAR).contains(Part.MONTH);
    }

    @Test
    void linkedTablesAreAggregatedAsKnownAtTheTime() {
        FeatureDesign design = design(Asked.subscriptions());
        assertThat(design.views()).hasSizeBetween(10, 60);
        assertThat(design.views().stream().map(ViewColumn::name))
                .doesNotHaveDuplicates()
                .contains(
                        "payments_count_30d",
                        "payments_sum_amount_90d",
                        "usage_mean_minutes",
                        "payments_days_since_last");
        assertThat(design.views()).noneMatch(view -> view.column().equals(Optional.of("customer_id")));
        assertThat(features(design)).containsKeys("payments_count_30d", "plan");
        assertThat(design.split().kind()).isEqualTo(Split.Kind.TIME);
        assertThat(design.split().column()).contains("snapshot_date");
    }

    @Test
    void aTableAboutTheOutcomeIsLeftOutWhenTimeDoesNotGuard() {
        Proposal<FeatureDesign> proposal = propose(Asked.subscriptions().withoutTime());
        assertThat(proposal.design().views())
                .noneMatch(view -> view.table().equals("cancellations"))
                .anyMatch(view -> view.table().equals("payments"))
                .allMatch(view -> view.windowDays() == 0 && view.aggregate() != Aggregate.DAYS_SINCE_LAST);
        assertThat(proposal.decisions())
                .anyMatch(decision -> decision.what().equals("Nothing is taken from cancellations"));
    }

    @Test
    void classesPutThePositiveLast() {
        assertThat(design(Asked.churn()).target().classes()).containsExactly("false", "true");
        assertThat(design(Asked.of(Task.BINARY, "credit-g", "class").positive("bad"))
                        .target()
                        .classes())
                .containsExactly("good", "bad");
        assertThat(design(Asked.of(Task.MULTICLASS, "cnae9", "class")).target().classes())
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @ParameterizedTest
    @CsvSource({
        "taxis,fare,true",
        "house_prices_1460,SalePrice,false",
        "housing,median_house_value,false",
        "winequality_red,quality,false"
    })
    void theLogarithmIsForLongTailsOnly(String table, String target, boolean logarithm) {
        assertThat(design(Asked.of(Task.REGRESSION, table, target)).target().logarithm())
                .isEqualTo(logarithm);
    }

    @Test
    void repeatedEntitiesStayOnOneSide() {
        Split split = design(Asked.of(Task.BINARY, "machines", "failure")
                        .positive("1")
                        .entity("machine_id"))
                .split();
        assertThat(split.kind()).isEqualTo(Split.Kind.GROUP);
        assertThat(split.column()).contains("machine_id");
        assertThat(design(Asked.churn()).split().kind()).isEqualTo(Split.Kind.STRATIFIED);
        assertThat(design(Asked.of(Task.REGRESSION, "housing", "median_house_value"))
                        .split()
                        .kind())
                .isEqualTo(Split.Kind.RANDOM);
    }

    @Test
    void theHoldoutIsAsLargeAsItsFiguresNeed() {
        assertThat(design(Asked.of(Task.BINARY, "titanic", "Survived").positive("1"))
                        .split()
                        .holdoutShare())
                .isEqualTo(0.25);
        assertThat(design(Asked.churn()).split().holdoutShare()).isEqualTo(0.2);
        FeatureDesign passengers = design(Asked.of(Task.FORECAST, "airline_passengers", "Passengers")
                .time("Month")
                .horizon(12));
        assertThat(Math.round(144 * passengers.split().holdoutShare())).isEqualTo(12);
    }

    @Test
    void alertsADayBecomeAShareOfTheRowsADay() {
        Asked alerts = Asked.subscriptions()
                .constraints(Asked.limits(Optional.of(3.0), Optional.empty(), Optional.empty(), List.of()));
        Threshold threshold = design(alerts).evaluation().threshold().orElseThrow();
        assertThat(threshold.rule()).isEqualTo(Threshold.Rule.TOP_SHARE);
        assertThat(threshold.value()).isEqualTo(3.0 / (8000.0 / 540), org.assertj.core.api.Assertions.within(1e-9));
        Threshold timeless = design(Asked.churn()
                        .constraints(Asked.limits(Optional.of(200.0), Optional.empty(), Optional.empty(), List.of())))
                .evaluation()
                .threshold()
                .orElseThrow();
        assertThat(timeless.value()).isEqualTo(200.0 / 7043);
        assertThat(timeless.why()).contains("count as one day");
    }

    @Test
    void otherConstraintsChooseTheThresholdToo() {
        Constraints costs = new Constraints(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(2.0),
                Optional.of(20.0),
                false,
                Optional.empty(),
                List.of());
        Threshold byCost = design(Asked.churn().constraints(costs))
                .evaluation()
                .threshold()
                .orElseThrow();
        assertThat(byCost.rule()).isEqualTo(Threshold.Rule.COST_RATIO);
        assertThat(byCost.value()).isEqualTo(10);
        Threshold precise = design(Asked.churn()
                        .constraints(Asked.limits(Optional.empty(), Optional.of(0.9), Optional.empty(), List.of())))
                .evaluation()
                .threshold()
                .orElseThrow();
        assertThat(precise.rule()).isEqualTo(Threshold.Rule.MIN_PRECISION);
        assertThat(design(Asked.churn()).evaluation().threshold().orElseThrow().rule())
                .isEqualTo(Threshold.Rule.BEST_F1);
        assertThat(design(Asked.of(Task.REGRESSION, "housing", "median_house_value"))
                        .evaluation()
                        .threshold())
                .isEmpty();
    }

    @Test
    void goalsAndSegmentsArePassedOn() {
        Goal goal = new Goal(Metric.ROC_AUC, true, 0.84);
        FeatureDesign.Evaluation evaluation = design(Asked.churn()
                        .constraints(Asked.limits(Optional.empty(), Optional.empty(), Optional.empty(), List.of(goal))))
                .evaluation();
        assertThat(evaluation.goals()).containsExactly(goal);
        assertThat(evaluation.segments()).first().isEqualTo("gender");
        assertThat(evaluation.segments()).hasSizeLessThanOrEqualTo(6).doesNotContain("Churn");
        assertThat(evaluation.others()).doesNotContain(evaluation.metric()).contains(Metric.LOG_LOSS);
        assertThat(evaluation.baselines()).containsExactly("majority", "one-feature", "linear");
    }

    @Test
    void forecastsTakeSeasonsFromTheStep() {
        FeatureDesign.Forecast monthly = design(Asked.of(Task.FORECAST, "airline_passengers", "Passengers")
                        .time("Month")
                        .horizon(12))
                .forecast()
                .orElseThrow();
        assertThat(monthly.periods()).containsExactly(12);
        FeatureDesign.Forecast weekly = design(Asked.of(Task.FORECAST, "walmart_store_sales", "Weekly_Sales")
                        .time("Date")
                        .entity("Store")
                        .horizon(8))
                .forecast()
                .orElseThrow();
        assertThat(weekly.periods()).containsExactly(52);
        assertThat(weekly.series()).contains("Store");
        FeatureDesign.Forecast wide = design(Asked.of(Task.FORECAST, "Hourly-train", "value")
                        .time("step")
                        .entity("V1")
                        .horizon(48))
                .forecast()
                .orElseThrow();
        assertThat(wide.periods()).isEmpty();
        assertThat(wide.time()).isEmpty();
        assertThat(design(Asked.churn()).forecast()).isEmpty();
    }

    @Test
    void anomaliesWithoutLabelsHaveNoTarget() {
        FeatureDesign design = design(Asked.of(Task.ANOMALY, "sensors", "").time("timestamp"));
        assertThat(design.target().column()).isEmpty();
        assertThat(design.features()).isNotEmpty();
        assertThat(design.evaluation().threshold()).isEmpty();
    }
}
