package tatara.testkit.subscription;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One row of the main table: what was known of a customer on its snapshot date, and what came of it. Amounts are in
 * euros, usage in hours; events count when they had arrived before the snapshot date.
 *
 * @param customerId such as {@code C0000042}
 * @param tenureMonths full months since sign-up
 * @param age in years, empty if the customer never told
 * @param daysToRenewal days until an annual or two-year contract renews, empty for monthly ones
 * @param usageLast30d hours in the 30 days before the snapshot
 * @param usageTrend change against the 30 days before those, relative to their sum, in [−1, 1]
 * @param daysSinceLastUse days since the last use, 60 if there was none in 60 days
 * @param failedPayments failed attempts to collect in the last 60 days
 * @param ticketsOpen support tickets opened in the last 60 days and not closed
 * @param lastTicketSubject subject of the latest ticket of the last 60 days
 * @param arm of an experiment, drawn by coin
 * @param cancelled whether it cancelled within 30 days, empty if not known yet on the export date
 */
public record Snapshot(
        String customerId,
        LocalDate snapshotDate,
        LocalDate signupDate,
        int tenureMonths,
        String plan,
        String country,
        OptionalInt age,
        double monthlyFee,
        String contract,
        OptionalInt daysToRenewal,
        String paymentMethod,
        double usageLast30d,
        double usageTrend,
        int daysSinceLastUse,
        int failedPayments,
        int ticketsOpen,
        Optional<String> lastTicketSubject,
        boolean newsletter,
        String arm,
        Optional<Boolean> cancelled) {
    Snapshot withCancelled(Optional<Boolean> value) {
        return new Snapshot(
                customerId,
                snapshotDate,
                signupDate,
                tenureMonths,
                plan,
                country,
                age,
                monthlyFee,
                contract,
                daysToRenewal,
                paymentMethod,
                usageLast30d,
                usageTrend,
                daysSinceLastUse,
                failedPayments,
                ticketsOpen,
                lastTicketSubject,
                newsletter,
                arm,
                value);
    }
}
