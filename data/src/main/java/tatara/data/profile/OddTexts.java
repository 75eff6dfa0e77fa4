package tatara.data.profile;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tatara.core.evidence.ValueCount;
import tatara.data.quality.cells.Spellings;

/** Texts that stand for others: UTF-8 that was once read as Windows-1252, and rare misspellings of frequent ones. */
final class OddTexts {
    private static final Charset WESTERN = Charset.forName("windows-1252");
    private static final int MOST = 200;
    private static final int LONGEST = 100;
    private static final int SHOWN = 5;

    private OddTexts() {}

    /** What each text should be; none if there are more than a contract can hold. */
    static Map<String, String> repairs(List<ValueCount> values) {
        Map<String, String> repairs = new TreeMap<>();
        for (ValueCount value : values) {
            if (value.value().length() <= LONGEST) {
                decodedAgain(value.value()).ifPresent(text -> repairs.put(value.value(), text));
            }
        }
        if (repairs.size() > MOST) {
            return Map.of();
        }
        Spellings.repairs(values).forEach(repairs::putIfAbsent);
        return repairs.size() > MOST ? Map.of() : repairs;
    }

    /** The text whose UTF-8 bytes, read as Windows-1252, are this one: {@code KÃ¡tia} is {@code Kátia}. */
    private static Optional<String> decodedAgain(String text) {
        if (text.chars().noneMatch(c -> c >= 0xC2 && c <= 0xF4)) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = WESTERN.newEncoder().encode(CharBuffer.wrap(text));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }

    static String told(Map<String, String> repairs) {
        List<String> parts = new ArrayList<>();
        repairs.entrySet().stream()
                .limit(SHOWN)
                .forEach(repair -> parts.add("\"" + repair.getKey() + "\" as \"" + repair.getValue() + "\""));
        return "read " + String.join(", ", parts) + (repairs.size() > SHOWN ? " …" : "");
    }
}
