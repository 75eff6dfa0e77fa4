package tatara.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntFunction;

/** Makes the files of {@link BadInputTest}: good ones, and every kind of bad one. */
final class BadData {
    static final String HEADER = "id,plan,age,spend,churn\n";
    private static final String[] PLANS = {"basic", "pro", "max"};

    private final Path folder;

    BadData(Path folder) {
        this.folder = folder;
    }

    /** Rows of customers, some of whom cancel, more of the old and the rich. */
    static String rows(int count) {
        Random random = new Random(5);
        return lines(count, row -> {
            int age = 18 + random.nextInt(60);
            int spend = random.nextInt(100);
            boolean churn = age / 80.0 + spend / 100.0 + random.nextDouble() > 1.4;
            return "c" + row + "," + PLANS[random.nextInt(3)] + "," + age + "," + spend + "," + (churn ? "yes" : "no");
        });
    }

    static String good() {
        return HEADER + rows(200);
    }

    static String lines(int count, IntFunction<String> line) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < count; row++) {
            text.append(line.apply(row)).append('\n');
        }
        return text.toString();
    }

    /** Two columns of which the second is called {@code churn}, 200 rows. */
    static String pairs(String first, IntFunction<String> line) {
        return first + ",churn\n" + lines(200, row -> line.apply(row) + "," + (row * 7 % 13 < 6 ? "yes" : "no"));
    }

    /** A CSV cell that may hold anything. */
    static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    String write(String name, String text) {
        return write(name, text, StandardCharsets.UTF_8);
    }

    String write(String name, String text, Charset charset) {
        return write(name, text.getBytes(charset));
    }

    String write(String name, byte[] content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line without an end, in as many megabytes. */
    String longLine(String name, int megabytes) {
        Path file = folder.resolve(name);
        byte[] part = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("a,b,churn\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < megabytes; i++) {
                out.write(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toString();
    }
}
