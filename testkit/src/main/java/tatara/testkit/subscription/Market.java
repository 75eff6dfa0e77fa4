package tatara.testkit.subscription;

/** What the business sells to whom: names, prices, and how common each is. */
final class Market {
    private Market() {}

    static final String[] PLANS = {"basic", "standard", "premium", "family"};
    static final double[] PLAN_SHARES = cumulative(0.35, 0.35, 0.18, 0.12);
    static final double[] PLAN_FEES = {14.90, 24.90, 39.90, 49.90};

    static final String[] COUNTRIES = {"DE", "FR", "IT", "ES", "PL", "NL", "SE", "PT"};
    static final double[] COUNTRY_SHARES = cumulative(0.26, 0.19, 0.14, 0.12, 0.11, 0.08, 0.06, 0.04);

    static final String[] CONTRACTS = {"monthly", "annual", "two-year"};
    static final int[] CONTRACT_MONTHS = {1, 12, 24};
    static final double[] CONTRACT_SHARES = cumulative(0.55, 0.32, 0.13);

    static final String[] PAYMENT_METHODS = {"card", "bank transfer", "paypal", "invoice"};
    static final double[] PAYMENT_SHARES = cumulative(0.45, 0.25, 0.20, 0.10);
    /** Probability that a first attempt to collect a bill fails. */
    static final double[] PAYMENT_FAILURES = {0.07, 0.04, 0.06, 0.14};

    static final String[] ARMS = {"control", "offer"};

    static final int TOPIC_LEAVING = 0;
    static final int TOPIC_BILLING = 1;
    static final int TOPIC_TECHNICAL = 2;
    static final int TOPIC_QUESTION = 3;
    static final int TOPIC_PRAISE = 4;
    static final double[] TOPIC_SHARES = cumulative(0.16, 0.24, 0.26, 0.22, 0.12);

    /** Subjects by topic; {@code #} stands for a number. */
    static final String[][] SUBJECTS = {
        {
            "How do I cancel my subscription?",
            "Thinking about leaving, what is the notice period",
            "Cancel at the end of the term please",
            "I want to cancel, contract #",
            "Found a cheaper offer, how can I leave"
        },
        {
            "Charged twice, please refund",
            "Invoice # is wrong",
            "Refund for # still missing",
            "Why did my bill go up?",
            "Payment reminder although invoice # was paid"
        },
        {
            "App crashes after update #",
            "Cannot log in since yesterday",
            "Error # when I open a session",
            "Video freezes every few minutes",
            "Password reset mail never arrives"
        },
        {
            "How do I add a second device",
            "Can I change my plan next month?",
            "Question about booking #",
            "Where do I find my receipts",
            "Change of address"
        },
        {
            "Thanks for the quick help",
            "Great service, thank you!",
            "Love the new feature, thank you",
            "Thank you for solving case #",
            "Happy with the team, thanks"
        }
    };

    private static double[] cumulative(double... shares) {
        double sum = 0;
        double[] result = new double[shares.length];
        for (int i = 0; i < shares.length; i++) {
            sum += shares[i];
            result[i] = sum;
        }
        return result;
    }
}
