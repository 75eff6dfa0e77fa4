package tatara.pipeline.compose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tatara.core.error.ProblemsException;
import tatara.core.spec.Reading;
import tatara.core.spec.Request;
import tatara.core.spec.Spec;
import tatara.pipeline.execute.TextFile;
import tatara.pipeline.execute.Workspace;

/** Names of pipelines. */
final class Names {
    private static final int LONGEST = 40;

    /** Words of a sentence that do not tell one pipeline from another. */
    private static final Set<String> COMMON = Set.of(
            "a",
            "an",
            "and",
            "are",
            "at",
            "be",
            "by",
            "can",
            "detect",
            "estimate",
            "find",
            "for",
            "forecast",
            "from",
            "how",
            "if",
            "in",
            "is",
            "it",
            "me",
            "my",
            "next",
            "of",
            "on",
            "or",
            "our",
            "please",
            "predict",
            "tell",
            "that",
            "the",
            "their",
            "this",
            "to",
            "we",
            "what",
            "when",
            "whether",
            "which",
            "who",
            "will",
            "with",
            "would");

    private Names() {}

    /**
     * The name asked for, else one from the sentence. A name that another question on other data has already taken gets a
     * number, unless it was asked for.
     */
    static String of(Request request, Workspace workspace) {
        if (request.name().isPresent()) {
            return slug(request.name().get(), "pipeline");
        }
        String words = Arrays.stream(request.sentence().toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
                .filter(word -> !COMMON.contains(word))
                .collect(Collectors.joining("-"));
        String base = slug(words, slug(request.target().orElse(""), "pipeline"));
        String name = base;
        for (int number = 2; isTaken(name, request, workspace); number++) {
            name = base + "-" + number;
        }
        return name;
    }

    private static boolean isTaken(String name, Request request, Workspace workspace) {
        Path file = workspace.requirement(name);
        if (!Files.exists(file)) {
            return false;
        }
        try {
            Spec spec = RequirementFile.read(file.toString(), TextFile.read(file));
            return !spec.sentence().equals(request.sentence()) || !spec.data().equals(request.data());
        } catch (ProblemsException unreadable) {
            return true;
        }
    }

    private static String slug(String text, String otherwise) {
        String slug =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String cut = slug.length() > LONGEST ? slug.substring(0, LONGEST).replaceAll("-+$", "") : slug;
        return cut.isEmpty() ? otherwise : cut;
    }

    static Spec rename(Spec spec, String name) {
        List<Reading> readings = new ArrayList<>(spec.readings());
        readings.removeIf(reading -> reading.part().equals("name"));
        readings.add(
                new Reading("name", name, List.of("--name, or else the telling words of the sentence"), List.of()));
        return new Spec(
                name,
                spec.sentence(),
                spec.data(),
                spec.task(),
                spec.table(),
                spec.target(),
                spec.positive(),
                spec.time(),
                spec.entity(),
                spec.horizon(),
                spec.metric(),
                spec.constraints(),
                spec.budgetSeconds(),
                spec.seed(),
                spec.options(),
                readings);
    }
}
