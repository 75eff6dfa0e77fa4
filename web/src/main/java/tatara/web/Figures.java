package tatara.web;

import java.util.Locale;
import tatara.core.spec.Metric;

/** Numbers as people read them. All methods are pure; a number that is not finite is a dash. */
public final class Figures {
    private static final String NONE = "–";
    private static final String THIN = "\u202f";

    private Figures() {}

    /** A whole number with its thousands apart. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** "1 row", "2 rows". */
    public static String count(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** Four significant digits, whole numbers from a thousand on. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        double size = Math.abs(value);
        if (size >= 1e15 || (size > 0 && size < 1e-4)) {
            String[] parts = String.format(Locale.ROOT, "%.2e", value).split("e", 2);
            return trimmed(parts[0]) + "e" + Integer.parseInt(parts[1]);
        }
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (value == Math.rint(value)) {
            return Long.toString((long) value);
        }
        int digitsBefore = size < 1 ? (int) Math.ceil(Math.log10(size)) : (int) Math.floor(Math.log10(size)) + 1;
        return trimmed(String.format(Locale.ROOT, "%." + Math.max(0, 4 - digitsBefore) + "f", value));
    }

    /** A share in [0, 1] as a percentage. */
    public static String percent(double share) {
        if (!Double.isFinite(share)) {
            return NONE;
        }
        double percent = 100 * share;
        if (percent != 0 && Math.abs(percent) < 0.01) {
            return "< 0.01" + THIN + "%";
        }
        int decimals = Math.abs(percent) >= 10 ? 1 : 2;
        String text = trimmed(String.format(Locale.ROOT, "%." + decimals + "f", percent));
        return (text.equals("100") && share < 1 ? "> 99.9" : text) + THIN + "%";
    }

    /** A metric's value: three decimals for those in [0, 1], percent for those that are percentages. */
    public static String metric(Metric metric, double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        return switch (metric) {
            case RMSE, MAE, MASE -> number(value);
            case MAPE, SMAPE -> number(value) + THIN + "%";
            default ->
                Math.abs(value) < 0.0995 && value != 0
                        ? number(Double.parseDouble(String.format(Locale.ROOT, "%.2e", value)))
                        : String.format(Locale.ROOT, "%.3f", value);
        };
    }

    /** The usual written form of a metric's name. */
    public static String name(Metric metric) {
        return switch (metric) {
            case ROC_AUC -> "ROC AUC";
            case AVERAGE_PRECISION -> "average precision";
            case LOG_LOSS -> "log loss";
            case BRIER -> "Brier score";
            case ACCURACY -> "accuracy";
            case BALANCED_ACCURACY -> "balanced accuracy";
            case F1 -> "F1";
            case PRECISION -> "precision";
            case RECALL -> "recall";
            case PRECISION_AT_K -> "precision at k";
            case RMSE -> "RMSE";
            case MAE -> "MAE";
            case MAPE -> "MAPE";
            case R2 -> "R²";
            case SMAPE -> "sMAPE";
            case MASE -> "MASE";
        };
    }

    public static String seconds(double seconds) {
        if (!Double.isFinite(seconds)) {
            return NONE;
        }
        if (seconds < 1) {
            return Math.round(seconds * 1000) + THIN + "ms";
        }
        if (seconds < 120) {
            return number(seconds < 10 ? Math.round(seconds * 10) / 10.0 : Math.round(seconds)) + THIN + "s";
        }
        long whole = Math.round(seconds);
        return whole < 7200
                ? whole / 60 + THIN + "min " + whole % 60 + THIN + "s"
                : whole / 3600 + THIN + "h " + whole % 3600 / 60 + THIN + "min";
    }

    public static String bytes(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return number(unit == 0 ? value : Math.round(value * 10) / 10.0) + THIN + units[unit];
    }

    /** Lower-case words of an enum constant: {@code KNOWN_AFTER_TARGET} is "known after target". */
    public static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** At most so many characters, the rest an ellipsis. */
    public static String shortened(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }

    private static String trimmed(String decimal) {
        return decimal.indexOf('.') < 0
                ? decimal
                : decimal.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
