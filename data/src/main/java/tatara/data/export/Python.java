package tatara.data.export;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tatara.core.json.Json;

/** Literals of Python. Whatever a text holds, it ends where its literal ends. */
final class Python {
    private Python() {}

    static String text(String text) {
        return '"' + escaped(text) + '"';
    }

    /** The inside of a text; one line of ASCII, letters and digits. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append('\\').appendCodePoint(c);
            } else if ((c >= ' ' && c <= '~') || (c > 127 && Character.isLetterOrDigit(c))) {
                escaped.appendCodePoint(c);
            } else if (c == '\n') {
                escaped.append("\\n");
            } else {
                escaped.append(
                        String.format(Locale.ROOT, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
            }
        });
        return escaped.toString();
    }

    static String tuple(List<String> texts) {
        String items = texts.stream().map(Python::text).collect(Collectors.joining(", "));
        return "(" + items + (texts.size() == 1 ? ",)" : ")");
    }

    static String list(List<Json> values) {
        return values.stream().map(Python::of).collect(Collectors.joining(", ", "[", "]"));
    }

    static String of(Json value) {
        if (value instanceof Json.Num number) {
            return String.valueOf(number.value());
        }
        if (value instanceof Json.Str text) {
            return text(text.value());
        }
        if (value instanceof Json.Bool bool) {
            return bool.value() ? "True" : "False";
        }
        throw new IllegalArgumentException("value: " + value);
    }

    static String of(Optional<Json> value) {
        return value.map(Python::of).orElse("None");
    }
}
