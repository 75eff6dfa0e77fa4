package tatara.specialists.phase1.dataengineer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Duplicates;
import tatara.core.design.DataDesign.Gate;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.DataDesign.Rule;
import tatara.core.design.DataDesign.Severity;
import tatara.core.design.Proposal;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.Suspect;
import tatara.core.evidence.TableProfile;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.specialists.Asked;
import tatara.testkit.profile.ProfileText;

class DataEngineerTest {
    private static Proposal<DataDesign> design(Asked asked) {
        return new DataEngineer().design(asked.spec(), asked.data());
    }

    private static Role role(DataDesign design, String column) {
        return design.main().find(column).orElseThrow().role();
    }

    @Test
    void everyColumnGetsAContractInOrder() {
        Asked asked = Asked.churn();
        DataDesign design = design(asked).design();
        assertThat(design.main().columns().stream().map(DataDesign.Contract::name))
                .containsExactlyElementsOf(asked.main().columns().stream()
                        .map(column -> column.name())
                        .toList());
        assertThat(design.main().columns())
                .allSatisfy(contract -> assertThat(contract.why()).isNotBlank());
        assertThat(role(design, "Churn")).isEqualTo(Role.TARGET);
        assertThat(role(design, "customerID")).isEqualTo(Role.ENTITY);
        assertThat(role(design, "tenure")).isEqualTo(Role.FEATURE);
        assertThat(design.main().find("TotalCharges").orElseThrow().nullable()).isTrue();
        assertThat(design.main().find("tenure").orElseThrow().max()).contains(72.0);
        assertThat(design.main().find("Contract").orElseThrow().categories())
                .containsExactly("Month-to-month", "Two year", "One year");
        assertThat(design.main().find("Partner").orElseThrow().categories()).containsExactly("false", "true");
    }

    @Test
    void suspectsBecomeRoles() {
        Asked asked = Asked.of(Task.REGRESSION, "hour", "cnt")
                .time("dteday")
                .suspect("casual", Suspect.Kind.PART_OF_TARGET, true)
                .suspect("registered", Suspect.Kind.PART_OF_TARGET, true)
                .suspect("instant", Suspect.Kind.IDENTIFIER, true)
                .suspect("atemp", Suspect.Kind.DUPLICATE_COLUMN, true)
                .suspect("hum", Suspect.Kind.KNOWN_AFTER_TARGET, false);
        Proposal<DataDesign> proposal = design(asked);
        assertThat(role(proposal.design(), "casual")).isEqualTo(Role.LEAK);
        assertThat(role(proposal.design(), "registered")).isEqualTo(Role.LEAK);
        assertThat(role(proposal.design(), "instant")).isEqualTo(Role.IDENTIFIER);
        assertThat(role(proposal.design(), "atemp")).isEqualTo(Role.IGNORED);
        assertThat(role(proposal.design(), "hum")).isEqualTo(Role.FEATURE);
        assertThat(role(proposal.design(), "dteday")).isEqualTo(Role.TIME);
        assertThat(proposal.decisions())
                .extracting(decision -> decision.what())
                .contains("casual is left out as a leak", "hum is kept, but should be looked at");
        assertThat(proposal.decisions().stream().flatMap(decision -> decision.evidence().stream()))
                .anyMatch(evidence -> evidence.measure().contains("casual")
                        && evidence.value().equals("0.97"));
    }

    @Test
    void aSuspectedTargetStaysTheTarget() {
        DataDesign design = design(Asked.churn().suspect("Churn", Suspect.Kind.COPY_OF_TARGET, true))
                .design();
        assertThat(role(design, "Churn")).isEqualTo(Role.TARGET);
    }

    @ParameterizedTest
    @CsvSource({
        "telco,Churn,DROP",
        "kc1,defects,KEEP",
        "winequality_red,quality,KEEP",
        "taxis,fare,DROP",
        "adult,class,KEEP"
    })
    void equalRowsAreDroppedOnlyWhereSomethingTellsRowsApart(String table, String target, Duplicates expected) {
        Task task = table.equals("taxis") || table.equals("winequality_red") ? Task.REGRESSION : Task.BINARY;
        assertThat(design(Asked.of(task, table, target)).design().main().duplicates())
                .isEqualTo(expected);
    }

    @Test
    void linkedTablesGetTimesAndKeys() {
        DataDesign design = design(Asked.subscriptions()).design();
        assertThat(design.main().eventTime()).contains("snapshot_date");
        assertThat(design.main().key()).containsExactly("customer_id");
        DataDesign.Table payments = design.table("payments");
        assertThat(payments.eventTime()).contains("date");
        assertThat(payments.arrivalTime()).contains("arrived");
        assertThat(payments.find("arrived").orElseThrow().role()).isEqualTo(Role.IDENTIFIER);
        assertThat(design.table("tickets").eventTime()).contains("date");
        assertThat(design.table("tickets").key()).containsExactly("ticket_id");
        assertThat(design.links()).hasSize(4);
        assertThat(gate(design, "data.key-repeated").severity()).isEqualTo(Severity.BLOCK);
    }

    @Test
    void weakLinksAreLeftOut() {
        Asked asked = Asked.subscriptions();
        DataEvidence weak = new DataEvidence(
                asked.tables(),
                List.of(new ColumnLink("payments", "customer_id", "customers", "customer_id", 0.2)),
                List.of());
        assertThat(new DataEngineer().design(asked.spec(), weak).design().links())
                .isEmpty();
    }

    @Test
    void almostEmptyColumnsAreIgnored() {
        Asked asked = Asked.of(Task.BINARY, "spam", "v1").positive("spam");
        DataDesign design = design(asked).design();
        assertThat(design.main().withRole(Role.IGNORED)).hasSize(3);
        assertThat(role(design, "v2")).isEqualTo(Role.FEATURE);
    }

    @Test
    void beingFilledCanTellSomething() {
        TableProfile table = ProfileText.read(List.of(
                        "table t rows=1000",
                        "y | boolean | distinct=2 | true=yes | false=no | top=no:800; yes:200",
                        "phone | boolean | distinct=1 | true=yes | top=yes:400 | missing=600",
                        "constant | category | distinct=1 | top=a:1000"))
                .get("t");
        Asked telco = Asked.churn();
        Spec of = telco.spec();
        Spec spec = new Spec(
                of.name(),
                of.sentence(),
                of.data(),
                of.task(),
                "t",
                Optional.of("y"),
                of.positive(),
                of.time(),
                Optional.empty(),
                of.horizon(),
                of.metric(),
                of.constraints(),
                of.budgetSeconds(),
                of.seed(),
                of.options(),
                of.readings());
        DataDesign design = new DataEngineer()
                .design(spec, new DataEvidence(List.of(table), List.of(), List.of()))
                .design();
        assertThat(role(design, "phone")).isEqualTo(Role.FEATURE);
        assertThat(role(design, "constant")).isEqualTo(Role.IGNORED);
    }

    @Test
    void gatesProtectTheTarget() {
        DataDesign binary = design(Asked.churn()).design();
        assertThat(gate(binary, "data.class-rows").limit()).isEqualTo(10);
        assertThat(gate(binary, "data.min-features").severity()).isEqualTo(Severity.BLOCK);
        assertThat(gate(binary, "data.min-rows").limit()).isEqualTo(20);
        DataDesign forecast = design(Asked.of(Task.FORECAST, "airline_passengers", "Passengers")
                        .time("Month")
                        .horizon(12))
                .design();
        assertThat(forecast.gates()).noneMatch(gate -> gate.rule() == Rule.MIN_FEATURES);
        assertThat(gate(forecast, "data.min-history").limit()).isEqualTo(25);
        assertThat(forecast.main().key()).containsExactly("Month");
    }

    @Test
    void limitsLetDataOfTheSameQualityPass() {
        Asked asked = Asked.churn();
        DataDesign design = design(asked).design();
        for (Gate gate : design.gates()) {
            if (gate.rule() == Rule.MAX_MISSING_SHARE) {
                double seen = asked.main()
                        .find(gate.column().orElseThrow())
                        .orElseThrow()
                        .missingShare();
                assertThat(gate.limit()).isGreaterThan(seen);
            }
        }
        assertThat(design.gates().stream().map(Gate::id)).doesNotHaveDuplicates();
    }

    @Test
    void aTableThatWasNotProfiledIsRefused() {
        Asked asked = Asked.churn();
        assertThatThrownBy(() -> new DataEngineer()
                        .design(
                                asked.spec(),
                                Asked.of(Task.BINARY, "adult", "class").data()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("telco");
    }

    private static Gate gate(DataDesign design, String id) {
        Optional<Gate> found =
                design.gates().stream().filter(gate -> gate.id().equals(id)).findFirst();
        return found.orElseThrow();
    }
}
