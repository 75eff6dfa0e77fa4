package tatara.testkit.subscription;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * All that happened to one customer in the 60 days before its snapshot (and {@link Scenario#futureDays} after it).
 *
 * @param snapshot its row of the table {@code customers}
 * @param payments attempts to collect a bill, by event date
 * @param usage days on which it used the product, by event date
 * @param tickets support tickets, by event date
 * @param cancellation if it cancelled within 30 days of the snapshot
 * @param probability true probability of that, given all that the snapshot shows
 */
public record CustomerHistory(
        Snapshot snapshot,
        List<Payment> payments,
        List<Usage> usage,
        List<Ticket> tickets,
        Optional<Cancellation> cancellation,
        double probability) {
    /** An attempt to collect a bill. */
    public record Payment(LocalDate date, LocalDate arrived, double amount, boolean failed) {}

    /** A day on which the product was used. */
    public record Usage(LocalDate date, LocalDate arrived, int minutes) {}

    /** A support ticket; {@code closed} is empty while it is open. */
    public record Ticket(
            String ticketId, LocalDate date, LocalDate arrived, String subject, Optional<LocalDate> closed) {}

    /** The end of a subscription; {@code arrived} is when the outcome is known for training. */
    public record Cancellation(LocalDate date, LocalDate arrived) {}
}
