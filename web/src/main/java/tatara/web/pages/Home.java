package tatara.web.pages;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tatara.web.Templates;

/**
 * The pages of {@code tatara serve}: {@code /} lists the pipelines, {@code /pipelines/NAME} is a pipeline's report. The caller supplies
 * the data, asked anew for every page. Thread-safe if the suppliers are.
 */
public final class Home implements Function<String, Optional<String>> {
    private static final String PIPELINES = "/pipelines/";

    private final Supplier<List<PipelineCard>> cards;
    private final Function<String, Optional<String>> reports;
    private final Templates templates = new Templates();

    /**
     * @param cards the pipelines, in the order to show them
     * @param reports report HTML by pipeline name; asked only for names that are among the cards
     */
    public Home(Supplier<List<PipelineCard>> cards, Function<String, Optional<String>> reports) {
        this.cards = cards;
        this.reports = reports;
    }

    /** The HTML document of a path (without query), empty if there is no such page. */
    @Override
    public Optional<String> apply(String path) {
        if (path.equals("/") || path.isEmpty()) {
            return Optional.of(templates.render("pages/home.jte", HomePage.of(cards.get())));
        }
        if (!path.startsWith(PIPELINES)) {
            return Optional.empty();
        }
        return decoded(path.substring(PIPELINES.length()))
                .filter(name ->
                        cards.get().stream().anyMatch(card -> card.name().equals(name)))
                .flatMap(reports);
    }

    private static Optional<String> decoded(String segment) {
        try {
            String plain = segment.endsWith("/") ? segment.substring(0, segment.length() - 1) : segment;
            return Optional.of(URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
