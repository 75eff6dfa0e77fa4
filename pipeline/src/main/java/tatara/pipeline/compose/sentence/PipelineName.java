package tatara.pipeline.compose.sentence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.spec.Reading;
import tatara.specialists.words.Words;

/** Names a pipeline: lower-case letters, digits and single dashes, at most 40 characters, safe in paths and URLs. */
final class PipelineName {
    private static final int LONGEST = 40;
    private static final Set<String> VAGUE =
            Set.of("target", "label", "class", "y", "outcome", "response", "result", "value", "labels");

    private PipelineName() {}

    /**
     * @param given the option {@code --name}
     * @throws TataraException with {@code BAD_NAME} if no letter or digit is left of the given name
     */
    static Reading read(Optional<String> given, String sentence, String table, Optional<String> target) {
        if (given.isPresent()) {
            String slug = slug(given.get());
            if (slug.isEmpty()) {
                throw new TataraException(
                        SentenceErrorCode.BAD_NAME,
                        Fault.of("--name " + ColumnMatch.shown(given.get()))
                                .expecting("letters a to z, digits and dashes, at most " + LONGEST + " characters")
                                .todo("Give another --name"));
            }
            String why =
                    slug.equals(given.get()) ? "--name says so" : "--name, in lower-case letters, digits and dashes";
            return new Reading("name", slug, List.of(why), List.of());
        }
        String column = slug(target.orElse("anomalies"));
        boolean vague = column.length() < 3 || VAGUE.contains(column);
        String slug = vague ? slug(table + "-" + column) : column;
        if (slug.isEmpty()) {
            String hash = hash(sentence + "\n" + table + "\n" + target.orElse(""));
            return new Reading("name", "pipeline-" + hash, List.of("from the sentence's hash"), List.of());
        }
        return new Reading(
                "name", slug, List.of(vague ? "from the table and the target" : "from the target"), List.of());
    }

    /** The Latin letters and digits of a text, joined by dashes; empty if there are none. */
    static String slug(String text) {
        String start = text.substring(0, Math.min(text.length(), 400));
        String apart = Words.fold(start.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-"));
        String slug = apart.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String cut = slug.substring(0, Math.min(slug.length(), LONGEST));
        return cut.endsWith("-") ? cut.substring(0, cut.length() - 1) : cut;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
