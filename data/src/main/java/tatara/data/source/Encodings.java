package tatara.data.source;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Finds the character set of a text: by byte-order mark, by the zeros of UTF-16, by being well-formed UTF-8 from start to end, and
 * otherwise by Mozilla's statistical detector (through juniversalchardet) on the lines that hold other than ASCII; Western
 * texts fall to Windows-1252, or to {@link MixedReader} if most of them is UTF-8.
 */
final class Encodings {
    /** In Western one-byte texts, characters that are well-formed UTF-8 by chance are rarer than others by far. */
    private static final int LEAST_MIXED = 2;

    private static final int EVIDENCE_BYTES = 128 * 1024;
    private static final int LONGEST_EVIDENCE_LINE = 16 * 1024;
    private static final Map<String, String> EAST_ASIAN = Map.of(
            "SHIFT_JIS", "windows-31j",
            "EUC-JP", "EUC-JP",
            "EUC-KR", "x-windows-949",
            "GB18030", "GB18030",
            "GB2312", "GB18030",
            "BIG5", "Big5",
            "EUC-TW", "x-EUC-TW",
            "ISO-2022-JP", "ISO-2022-JP");
    private static final List<String> ALPHABETS = List.of(
            "WINDOWS-1251",
            "KOI8-R",
            "IBM866",
            "IBM855",
            "ISO-8859-5",
            "WINDOWS-1253",
            "ISO-8859-7",
            "WINDOWS-1255",
            "ISO-8859-8",
            "TIS620");

    private Encodings() {}

    /** By byte-order mark or the zeros of UTF-16. */
    static Optional<String> byStart(byte[] head, int length) {
        int a = length > 0 ? head[0] & 0xff : 0;
        int b = length > 1 ? head[1] & 0xff : 0;
        int c = length > 2 ? head[2] & 0xff : 1;
        int d = length > 3 ? head[3] & 0xff : 1;
        if (a == 0xef && b == 0xbb && c == 0xbf) {
            return Optional.of("UTF-8");
        }
        if (a == 0xff && b == 0xfe) {
            return Optional.of(c == 0 && d == 0 ? "UTF-32LE" : "UTF-16LE");
        }
        if (a == 0xfe && b == 0xff) {
            return Optional.of("UTF-16BE");
        }
        if (a == 0 && b == 0 && c == 0xfe && d == 0xff) {
            return Optional.of("UTF-32BE");
        }
        return byZeros(head, length);
    }

    private static Optional<String> byZeros(byte[] head, int length) {
        int[] zeros = new int[2];
        int looked = Math.min(length, 4096) / 2 * 2;
        for (int i = 0; i < looked; i++) {
            zeros[i & 1] += head[i] == 0 ? 1 : 0;
        }
        int half = looked / 2;
        if (half < 4) {
            return Optional.empty();
        }
        if (zeros[1] * 10 > half * 4 && zeros[0] * 20 < half) {
            return Optional.of("UTF-16LE");
        }
        return zeros[0] * 10 > half * 4 && zeros[1] * 20 < half ? Optional.of("UTF-16BE") : Optional.empty();
    }

    /** The character set of a file's content. */
    static String of(Path file, boolean gzip, byte[] head, Fingerprints.Fingerprint found) throws IOException {
        Optional<String> start = byStart(head, head.length);
        if (start.isPresent()) {
            return start.get();
        }
        if (found.multibyte() >= 20 * found.invalid()) {
            return "UTF-8";
        }
        byte[] evidence = evidence(file, gzip);
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(evidence);
        detector.dataEnd();
        String detected = Optional.ofNullable(detector.getDetectedCharset())
                .orElse("")
                .toUpperCase(Locale.ROOT)
                .replace("MACCYRILLIC", "WINDOWS-1251");
        String eastAsian = EAST_ASIAN.get(detected);
        if (eastAsian != null && decodes(evidence, eastAsian)) {
            return eastAsian;
        }
        if (ALPHABETS.contains(detected) && Charset.isSupported(detected) && !western(evidence)) {
            return Charset.forName(detected).name();
        }
        if (found.multibyte() >= LEAST_MIXED && found.multibyte() >= found.invalid()) {
            return MixedReader.NAME;
        }
        return decodes(evidence, "windows-1252") ? "windows-1252" : "ISO-8859-1";
    }

    /** Lines that hold other than ASCII, from the whole file, up to a limit. */
    private static byte[] evidence(Path file, boolean gzip) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean high = false;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = SourceBytes.open(file, gzip)) {
            for (int count = in.read(buffer); count >= 0 && lines.size() < EVIDENCE_BYTES; count = in.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    byte b = buffer[i];
                    high |= b < 0;
                    if (line.size() < LONGEST_EVIDENCE_LINE) {
                        line.write(b);
                    }
                    if (b == '\n' || b == '\r') {
                        if (high) {
                            line.writeTo(lines);
                        }
                        line.reset();
                        high = false;
                    }
                }
            }
        }
        if (high) {
            line.writeTo(lines);
        }
        return lines.toByteArray();
    }

    private static boolean decodes(byte[] evidence, String charset) {
        try {
            Charset.forName(charset)
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(evidence));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Whether most words with a high byte also hold ASCII letters, as accented words do and Cyrillic or Greek ones do not. */
    private static boolean western(byte[] evidence) {
        int mixed = 0;
        int pure = 0;
        int ascii = 0;
        int high = 0;
        for (int i = 0; i <= evidence.length; i++) {
            byte b = i < evidence.length ? evidence[i] : 0;
            if (b < 0) {
                high++;
            } else if ((b | 0x20) >= 'a' && (b | 0x20) <= 'z') {
                ascii++;
            } else {
                mixed += high > 0 && ascii > 0 ? 1 : 0;
                pure += high > 1 && ascii == 0 ? 1 : 0;
                ascii = 0;
                high = 0;
            }
        }
        return mixed >= pure;
    }

    /** The characters of a file, without a byte-order mark; what cannot be decoded is U+FFFD. */
    static Reader reader(Path file, Dialect dialect) throws IOException {
        InputStream in = SourceBytes.open(file, dialect.gzip());
        return dialect.encoding().equals(MixedReader.NAME) ? new MixedReader(in) : reader(in, dialect.charset());
    }

    static String decode(byte[] head, int length, String charset) {
        if (charset.equals(MixedReader.NAME)) {
            return MixedReader.decode(head, length);
        }
        String text = new String(head, 0, length, Charset.forName(charset));
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Reader reader(InputStream in, Charset charset) throws IOException {
        Reader decoded = new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE));
        boolean marked =
                charset.equals(StandardCharsets.UTF_8) || charset.name().startsWith("UTF-");
        if (!marked) {
            return decoded;
        }
        PushbackReader start = new PushbackReader(new BufferedReader(decoded, 1 << 16), 1);
        int first = start.read();
        if (first >= 0 && first != 0xfeff) {
            start.unread(first);
        }
        return start;
    }
}
