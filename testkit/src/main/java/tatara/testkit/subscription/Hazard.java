package tatara.testkit.subscription;

/**
 * The true log-odds of cancelling within 30 days: a logistic function of what the snapshot row shows, and of nothing else.
 *
 * <p>Linear in contract, payment method, country, newsletter, open tickets and the logarithm of usage; curved in tenure, age and
 * days since the last use; with the interactions contract × failed payments, contract × days to renewal and plan × low usage; and
 * with the topic of the last ticket, which its words tell.
 */
final class Hazard {
    /** Scales the effects such that the best possible AUC is about 0.86. */
    private static final double SHARPNESS = 0.85;

    private static final double[] TOPIC_EFFECTS = {1.9, 0.6, 0.3, 0.0, -0.8};

    private Hazard() {}

    /**
     * @param topic index of the last ticket's topic, −1 without a ticket
     * @param drift strength of the drift reached in the snapshot's month
     * @param season log-odds of the season
     * @param armEffect log-odds of the experiment's arm {@code offer}
     */
    static double logOdds(Snapshot row, int topic, double drift, double season, double armEffect) {
        double odds = contract(row) + usage(row) + person(row);
        odds += 0.45 * Math.min(row.ticketsOpen(), 3);
        odds += topic < 0 ? 0 : TOPIC_EFFECTS[topic];
        odds += drift * (0.5 + 0.04 * (row.monthlyFee() - 25));
        return SHARPNESS * odds + season + (row.arm().equals("offer") ? armEffect : 0);
    }

    private static double contract(Snapshot row) {
        int failed = Math.min(row.failedPayments(), 3);
        double odds = 0.55 * failed + 0.015 * (row.monthlyFee() - 25);
        if (row.contract().equals("monthly")) {
            return odds + 0.8 + 0.7 * failed;
        }
        boolean renewsSoon =
                row.daysToRenewal().isPresent() && row.daysToRenewal().getAsInt() <= 45;
        return odds + (row.contract().equals("annual") ? -0.9 : -1.6) + (renewsSoon ? 2.2 : 0);
    }

    private static double usage(Snapshot row) {
        double odds = -0.85 * (StrictMath.log(1 + row.usageLast30d()) - 1.2);
        odds += 1.1 * Math.max(0, -row.usageTrend());
        odds += 0.9 * row.daysSinceLastUse() / (row.daysSinceLastUse() + 14.0);
        boolean paysForNothing = row.usageLast30d() < 2
                && (row.plan().equals("premium") || row.plan().equals("family"));
        return odds + (paysForNothing ? 1.0 : 0);
    }

    private static double person(Snapshot row) {
        double age = row.age().isPresent() ? (row.age().getAsInt() - 45) / 20.0 : 0;
        double odds = 0.25 * age * age;
        odds += 1.1 * StrictMath.exp(-row.tenureMonths() / 5.0);
        odds -= row.newsletter() ? 0.3 : 0;
        odds += switch (row.paymentMethod()) {
            case "invoice" -> 0.5;
            case "bank transfer" -> -0.3;
            default -> 0;
        };
        odds += switch (row.country()) {
            case "ES", "IT" -> 0.4;
            case "PL" -> 0.25;
            case "NL", "SE" -> -0.4;
            default -> 0;
        };
        return odds;
    }
}
