package tatara.testkit.subscription;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Builds CSV lines (RFC 4180, comma, {@code \n}), with a scenario's dirt where cells may have it. Not thread-safe. */
final class CellWriter {
    private final StringBuilder text = new StringBuilder();
    private final Dirt dirt;
    private final boolean clean;
    private Draws draws = new Draws(0, 0, 0);
    private boolean first = true;

    CellWriter(Dirt dirt) {
        this.dirt = dirt;
        this.clean = dirt.isNone();
    }

    /** Starts a line whose faults come from these draws. */
    CellWriter line(Draws faults) {
        draws = faults;
        first = true;
        return this;
    }

    void end() {
        text.append('\n');
    }

    String take() {
        String result = text.toString();
        text.setLength(0);
        return result;
    }

    /** A cell that always stays as it is. */
    CellWriter exact(String value) {
        separate();
        quoted(value);
        return this;
    }

    CellWriter exact(LocalDate value) {
        separate();
        iso(value);
        return this;
    }

    CellWriter exact(long value) {
        separate();
        text.append(value);
        return this;
    }

    /** A number with all its digits. */
    CellWriter exact(double value) {
        separate();
        text.append(value);
        return this;
    }

    CellWriter text(Optional<String> value) {
        separate();
        if (value.isPresent() && !lost()) {
            quoted(value.get());
        }
        return this;
    }

    CellWriter category(String value) {
        separate();
        if (clean) {
            quoted(value);
        } else if (!lost()) {
            quoted(draws.chance(dirt.unknownTokens()) ? "?" : draws.chance(dirt.typos()) ? misspelled(value) : value);
        }
        return this;
    }

    CellWriter flag(boolean value) {
        separate();
        if (!lost()) {
            text.append(value ? "yes" : "no");
        }
        return this;
    }

    CellWriter integer(OptionalInt value) {
        separate();
        if (value.isPresent() && !lost()) {
            text.append(value.getAsInt());
        }
        return this;
    }

    CellWriter date(LocalDate value) {
        separate();
        if (lost()) {
            return this;
        }
        if (!clean && draws.chance(dirt.mixedFormats())) {
            text.append(String.format(
                    Locale.ROOT, "%02d/%02d/%d", value.getDayOfMonth(), value.getMonthValue(), value.getYear()));
        } else {
            iso(value);
        }
        return this;
    }

    CellWriter money(double value) {
        separate();
        if (lost()) {
            return this;
        }
        if (dirt.moneyStrings()) {
            quoted(String.format(Locale.ROOT, " $%,.2f ", value));
        } else {
            decimal(value, 2);
        }
        return this;
    }

    CellWriter number(double value, int decimals) {
        separate();
        if (lost()) {
            return this;
        }
        if (!clean && draws.chance(dirt.mixedFormats())) {
            quoted(String.format(Locale.ROOT, "%." + decimals + "f", value).replace('.', ','));
        } else {
            decimal(value, decimals);
        }
        return this;
    }

    private boolean lost() {
        return !clean && draws.chance(dirt.missing());
    }

    private void separate() {
        if (!first) {
            text.append(',');
        }
        first = false;
    }

    private String misspelled(String value) {
        if (value.length() < 4) {
            return value.toLowerCase(Locale.ROOT);
        }
        int at = 1 + draws.below(value.length() - 2);
        return draws.chance(0.5)
                ? value.substring(0, at) + value.substring(at + 1)
                : value.substring(0, at) + value.charAt(at + 1) + value.charAt(at) + value.substring(at + 2);
    }

    private void quoted(String value) {
        if (value.indexOf(',') < 0 && value.indexOf('"') < 0 && value.indexOf('\n') < 0) {
            text.append(value);
        } else {
            text.append('"').append(value.replace("\"", "\"\"")).append('"');
        }
    }

    private void iso(LocalDate value) {
        int month = value.getMonthValue();
        int day = value.getDayOfMonth();
        text.append(value.getYear()).append(month < 10 ? "-0" : "-").append(month);
        text.append(day < 10 ? "-0" : "-").append(day);
    }

    private void decimal(double value, int decimals) {
        long scale = 1;
        for (int i = 0; i < decimals; i++) {
            scale *= 10;
        }
        long scaled = Math.round(Math.abs(value) * scale);
        if (value < 0 && scaled > 0) {
            text.append('-');
        }
        text.append(scaled / scale);
        if (decimals > 0) {
            String fraction = Long.toString(scaled % scale);
            text.append('.').append("0".repeat(decimals - fraction.length())).append(fraction);
        }
    }
}
