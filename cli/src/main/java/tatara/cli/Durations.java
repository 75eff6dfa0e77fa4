package tatara.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Reads durations such as {@code 90s}, {@code 5m}, {@code 1h}, {@code 45}; in seconds. */
final class Durations implements CommandLine.ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(s|m|h|)");

    @Override
    public Double convert(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            throw new CommandLine.TypeConversionException(
                    "duration: " + text + " (expected: a number with s, m or h, such as 90s or 5m)");
        }
        double number = Double.parseDouble(matcher.group(1));
        double seconds =
                switch (matcher.group(2)) {
                    case "m" -> number * 60;
                    case "h" -> number * 3600;
                    default -> number;
                };
        if (seconds < 1 || seconds > 7 * 24 * 3600) {
            throw new CommandLine.TypeConversionException("duration: " + text + " (expected: from 1s to 168h)");
        }
        return seconds;
    }
}
