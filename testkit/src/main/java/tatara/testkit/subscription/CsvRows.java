package tatara.testkit.subscription;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tatara.testkit.subscription.CsvTables.Table;

/** The lines of one table for a block of customers. Not thread-safe. */
final class CsvRows {
    private static final String[] CUSTOMERS = {
        "customer_id",
        "snapshot_date",
        "signup_date",
        "tenure_months",
        "plan",
        "country",
        "age",
        "monthly_fee",
        "contract",
        "days_to_renewal",
        "payment_method",
        "usage_last_30d",
        "usage_trend",
        "days_since_last_use",
        "failed_payments",
        "tickets_open",
        "last_ticket_subject",
        "newsletter",
        "experiment_arm"
    };

    private final Scenario scenario;
    private final Table table;
    private final int noiseColumns;
    private final CellWriter cells;

    CsvRows(Scenario scenario, Table table, int noiseColumns) {
        this.scenario = scenario;
        this.table = table;
        this.noiseColumns = noiseColumns;
        this.cells = new CellWriter(scenario.dirt());
    }

    static String header(Table table, int noiseColumns) {
        return switch (table) {
            case CUSTOMERS -> {
                List<String> names = new ArrayList<>(Arrays.asList(CUSTOMERS));
                for (int i = 1; i <= noiseColumns; i++) {
                    names.add("extra_" + i);
                }
                names.add("cancelled");
                yield String.join(",", names) + "\n";
            }
            case PAYMENTS -> "customer_id,date,arrived,amount,status\n";
            case USAGE -> "customer_id,date,arrived,minutes\n";
            case TICKETS -> "ticket_id,customer_id,date,arrived,subject,closed\n";
            case CANCELLATIONS -> "customer_id,date,arrived\n";
            case TRUTH -> "customer_id,snapshot_date,probability\n";
        };
    }

    String take() {
        return cells.take();
    }

    void add(long number, CustomerHistory history) {
        Draws faults = new Draws(scenario.seed(), number, table.purpose);
        Snapshot row = history.snapshot();
        String id = row.customerId();
        switch (table) {
            case CUSTOMERS -> customer(row, faults);
            case PAYMENTS ->
                history.payments().forEach(payment -> {
                    cells.line(faults).exact(id).date(payment.date()).exact(payment.arrived());
                    cells.money(payment.amount())
                            .category(payment.failed() ? "failed" : "paid")
                            .end();
                });
            case USAGE ->
                history.usage().forEach(day -> {
                    cells.line(faults).exact(id).date(day.date()).exact(day.arrived());
                    cells.integer(OptionalInt.of(day.minutes())).end();
                });
            case TICKETS ->
                history.tickets().forEach(ticket -> {
                    cells.line(faults)
                            .exact(ticket.ticketId())
                            .exact(id)
                            .date(ticket.date())
                            .exact(ticket.arrived());
                    cells.text(Optional.of(ticket.subject()));
                    cells.exact(ticket.closed().map(Object::toString).orElse(""))
                            .end();
                });
            case CANCELLATIONS ->
                history.cancellation().ifPresent(end -> cells.line(faults)
                        .exact(id)
                        .exact(end.date())
                        .exact(end.arrived())
                        .end());
            case TRUTH ->
                cells.line(faults)
                        .exact(id)
                        .exact(row.snapshotDate())
                        .exact(history.probability())
                        .end();
        }
    }

    private void customer(Snapshot row, Draws faults) {
        cells.line(faults)
                .exact(row.customerId())
                .exact(row.snapshotDate())
                .date(row.signupDate())
                .integer(OptionalInt.of(row.tenureMonths()))
                .category(row.plan())
                .category(row.country())
                .integer(row.age())
                .money(row.monthlyFee())
                .category(row.contract())
                .integer(row.daysToRenewal())
                .category(row.paymentMethod())
                .number(row.usageLast30d(), 1)
                .number(row.usageTrend(), 2)
                .integer(OptionalInt.of(row.daysSinceLastUse()))
                .integer(OptionalInt.of(row.failedPayments()))
                .integer(OptionalInt.of(row.ticketsOpen()))
                .text(row.lastTicketSubject())
                .flag(row.newsletter())
                .category(row.arm());
        for (int i = 0; i < noiseColumns; i++) {
            cells.number(faults.normal(), 3);
        }
        cells.exact(row.cancelled().map(value -> value ? "yes" : "no").orElse(""))
                .end();
    }
}
