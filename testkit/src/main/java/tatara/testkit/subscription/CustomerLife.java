package tatara.testkit.subscription;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tatara.testkit.subscription.CustomerHistory.Cancellation;
import tatara.testkit.subscription.CustomerHistory.Payment;
import tatara.testkit.subscription.CustomerHistory.Ticket;
import tatara.testkit.subscription.CustomerHistory.Usage;

/**
 * Draws one customer. What happens before the snapshot, arrival delays, the outcome and what happens after it each have a stream
 * of their own, so that a scenario's options don't disturb each other.
 */
final class CustomerLife {
    private static final int RETRY_DAYS = 5;

    private final Scenario scenario;
    private final long number;
    private final Draws delays;
    private final int month;
    private final LocalDate date;
    private final Traits traits;
    private final List<Payment> payments = new ArrayList<>();
    private final List<Usage> usage = new ArrayList<>();
    private final List<DrawnTicket> tickets = new ArrayList<>();
    private final Snapshot snapshot;
    private final int topic;

    private record Traits(
            LocalDate signup,
            int tenureMonths,
            int plan,
            int country,
            OptionalInt age,
            double fee,
            int contract,
            int paymentMethod,
            boolean newsletter,
            boolean offer,
            double usesPerDay,
            double momentum) {}

    private record DrawnTicket(Ticket ticket, int topic) {}

    CustomerLife(Scenario scenario, long number) {
        this.scenario = scenario;
        this.number = number;
        Draws draws = new Draws(scenario.seed(), number, 1);
        this.delays = new Draws(scenario.seed(), number, 2);
        this.month = draws.below(scenario.months());
        this.date = scenario.firstSnapshot().plusMonths(month);
        this.traits = traits(draws);
        LocalDate from = date.minusDays(Simulation.WINDOW_DAYS);
        drawUsage(draws, from, date);
        drawPayments(draws, from, date);
        drawTickets(draws, from, Simulation.WINDOW_DAYS, failures());
        Optional<DrawnTicket> last = tickets.stream()
                .filter(drawn -> isKnown(drawn.ticket().arrived()))
                .max(Comparator.comparing(drawn -> drawn.ticket().date()));
        this.topic = last.map(DrawnTicket::topic).orElse(-1);
        this.snapshot = observe(last.map(drawn -> drawn.ticket().subject()));
    }

    /** True log-odds of cancelling, without the scenario's intercept. */
    double logOdds() {
        double season = scenario.seasonality() * season(date);
        double drift = scenario.drift().at(month, scenario.months());
        return Hazard.logOdds(snapshot, topic, drift, season, scenario.armEffect());
    }

    CustomerHistory history(double probability) {
        Draws outcome = new Draws(scenario.seed(), number, 3);
        boolean cancels = outcome.chance(probability);
        LocalDate end = date.plusDays(1 + outcome.below(Simulation.OUTCOME_DAYS));
        LocalDate until = date.plusDays(scenario.futureDays());
        if (scenario.futureDays() > 0) {
            LocalDate active = cancels && end.isBefore(until) ? end : until;
            Draws future = new Draws(scenario.seed(), number, 4);
            drawUsage(future, date, active);
            drawPayments(future, date, active);
            drawTickets(future, date, (int) ChronoUnit.DAYS.between(date, active), 0);
        }
        LocalDate known = date.plusDays((long) Simulation.OUTCOME_DAYS + scenario.labelDelayDays());
        boolean labelled = !known.isAfter(scenario.exportDate());
        Optional<Cancellation> cancellation = cancels
                ? Optional.of(new Cancellation(end, end.plusDays(scenario.labelDelayDays())))
                : Optional.empty();
        return new CustomerHistory(
                snapshot.withCancelled(labelled ? Optional.of(cancels) : Optional.empty()),
                List.copyOf(payments),
                List.copyOf(usage),
                tickets.stream().map(DrawnTicket::ticket).toList(),
                cancellation,
                probability);
    }

    private Traits traits(Draws draws) {
        LocalDate signup = date.minusDays(31 + (long) Math.min(4000, draws.exponential(540)));
        int tenure = (int) ChronoUnit.MONTHS.between(signup, date);
        int plan = draws.pick(Market.PLAN_SHARES);
        double[] adjustments = {0.9, 1, 1, 1.08};
        double fee = Market.PLAN_FEES[plan] * adjustments[draws.below(4)] * (1 + 0.002 * Math.min(tenure, 60));
        int age = (int) Math.max(18, Math.min(88, Math.round(43 + 15 * draws.normal())));
        boolean told = draws.chance(0.97);
        double drift = scenario.drift().at(month, scenario.months());
        double uses = 0.15 * StrictMath.exp(0.9 * draws.normal()) * Math.max(0.2, 1 - 0.3 * drift);
        return new Traits(
                signup,
                tenure,
                plan,
                draws.pick(Market.COUNTRY_SHARES),
                told ? OptionalInt.of(age) : OptionalInt.empty(),
                Math.round(fee * 100) / 100.0,
                draws.pick(Market.CONTRACT_SHARES),
                draws.pick(Market.PAYMENT_SHARES),
                draws.chance(0.45),
                draws.chance(0.5),
                uses,
                0.9 * draws.normal());
    }

    private void drawUsage(Draws draws, LocalDate from, LocalDate until) {
        double season = 1 - 0.5 * scenario.seasonality() * season(date);
        int days = (int) ChronoUnit.DAYS.between(from, until);
        int weekday = from.getDayOfWeek().getValue();
        int offset = (int) ChronoUnit.DAYS.between(date, from);
        for (int day = 0; day < days; day++, weekday = weekday % 7 + 1) {
            double weekend = weekday >= DayOfWeek.SATURDAY.getValue() ? 1.5 : 0.8;
            double trend = Math.max(0.05, 1 + traits.momentum() * (offset + day + 30) / 30.0);
            double rate = traits.usesPerDay() * season * weekend * trend;
            if (draws.chance(rate / (1 + rate))) {
                int minutes = 10 + (int) Math.min(470, draws.exponential(65));
                LocalDate event = from.plusDays(day);
                usage.add(new Usage(event, arrival(event), minutes));
            }
        }
    }

    private void drawPayments(Draws draws, LocalDate from, LocalDate until) {
        int bill = (int) Math.max(0, ChronoUnit.MONTHS.between(traits.signup(), from));
        for (LocalDate due = traits.signup().plusMonths(bill);
                due.isBefore(until);
                due = traits.signup().plusMonths(++bill)) {
            double failure = Market.PAYMENT_FAILURES[traits.paymentMethod()];
            LocalDate attempt = due;
            for (int retry = 0; retry < 3 && attempt.isBefore(until); retry++) {
                boolean failed = draws.chance(failure);
                if (!attempt.isBefore(from)) {
                    payments.add(new Payment(attempt, arrival(attempt), traits.fee(), failed));
                }
                if (!failed) {
                    break;
                }
                attempt = attempt.plusDays(RETRY_DAYS);
                failure = 0.5;
            }
        }
    }

    private void drawTickets(Draws draws, LocalDate from, int days, int failures) {
        int count = draws.poisson((0.45 + 0.3 * failures) * days / Simulation.WINDOW_DAYS);
        LocalDate end = date.plusDays(scenario.futureDays());
        for (int i = 0; i < count; i++) {
            LocalDate opened = from.plusDays(draws.below(days));
            int subjectTopic =
                    failures > 0 && draws.chance(0.4) ? Market.TOPIC_BILLING : draws.pick(Market.TOPIC_SHARES);
            String[] subjects = Market.SUBJECTS[subjectTopic];
            String subject =
                    subjects[draws.below(subjects.length)].replace("#", String.valueOf(draws.below(90_000) + 10_000));
            LocalDate closed = opened.plusDays(1 + (long) draws.exponential(9));
            String id = "T" + digits(number * 100 + tickets.size(), 9);
            Optional<LocalDate> closing = closed.isBefore(end) ? Optional.of(closed) : Optional.empty();
            tickets.add(new DrawnTicket(new Ticket(id, opened, arrival(opened), subject, closing), subjectTopic));
        }
        tickets.sort(Comparator.comparing(drawn -> drawn.ticket().date()));
    }

    private Snapshot observe(Optional<String> lastSubject) {
        int period = Market.CONTRACT_MONTHS[traits.contract()];
        LocalDate renewal = traits.signup().plusMonths((long) (traits.tenureMonths() / period + 1) * period);
        int recent = minutesBetween(30, 1);
        int earlier = minutesBetween(60, 31);
        double trend = recent + earlier == 0 ? 0 : (recent - earlier) / (double) (recent + earlier);
        long sinceUse = usage.stream()
                .filter(day -> isKnown(day.arrived()))
                .mapToLong(day -> ChronoUnit.DAYS.between(day.date(), date))
                .min()
                .orElse(Simulation.WINDOW_DAYS);
        int open = (int) tickets.stream()
                .map(DrawnTicket::ticket)
                .filter(ticket -> isKnown(ticket.arrived())
                        && ticket.closed()
                                .filter(closed -> closed.isBefore(date))
                                .isEmpty())
                .count();
        return new Snapshot(
                "C" + digits(number + 1, 7),
                date,
                traits.signup(),
                traits.tenureMonths(),
                Market.PLANS[traits.plan()],
                Market.COUNTRIES[traits.country()],
                traits.age(),
                traits.fee(),
                Market.CONTRACTS[traits.contract()],
                period == 1 ? OptionalInt.empty() : OptionalInt.of((int) ChronoUnit.DAYS.between(date, renewal)),
                Market.PAYMENT_METHODS[traits.paymentMethod()],
                Math.round(recent / 6.0) / 10.0,
                Math.round(trend * 100) / 100.0,
                (int) sinceUse,
                failures(),
                open,
                lastSubject,
                traits.newsletter(),
                Market.ARMS[traits.offer() ? 1 : 0],
                Optional.empty());
    }

    private int failures() {
        return (int) payments.stream()
                .filter(payment -> payment.failed() && isKnown(payment.arrived()))
                .count();
    }

    private int minutesBetween(int daysAgoFrom, int daysAgoTo) {
        LocalDate from = date.minusDays(daysAgoFrom);
        LocalDate to = date.minusDays(daysAgoTo);
        return usage.stream()
                .filter(day -> isKnown(day.arrived())
                        && !day.date().isBefore(from)
                        && !day.date().isAfter(to))
                .mapToInt(Usage::minutes)
                .sum();
    }

    private boolean isKnown(LocalDate arrived) {
        return arrived.isBefore(date);
    }

    private LocalDate arrival(LocalDate event) {
        int delay = scenario.lateness().delayDays(delays);
        return delay == 0 ? event : event.plusDays(delay);
    }

    /** Yearly cycle in [−1, 1], greatest in January, when people look at what they pay for. */
    private static double season(LocalDate date) {
        return StrictMath.cos(2 * Math.PI * (date.getDayOfYear() - 1) / 365.0);
    }

    private static String digits(long value, int width) {
        String text = Long.toString(value);
        return text.length() >= width ? text : "0".repeat(width - text.length()) + text;
    }
}
