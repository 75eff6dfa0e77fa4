package tatara.web.pages;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tatara.core.run.Lineage;
import tatara.web.Templates;

/**
 * The pages of {@code tatara serve}: {@code /} lists the pipelines, {@code /pipelines/NAME} is a pipeline's report,
 * {@code /pipelines/NAME/lineage} where everything in it comes from. The caller supplies
 * the data, asked anew for every page. Thread-safe if the suppliers are.
 */
public final class Home implements Function<String, Optional<String>> {
    private static final String PIPELINES = "/pipelines/";

    private final Supplier<List<PipelineCard>> cards;
    private static final String LINEAGE = "/lineage";

    private final Function<String, Optional<String>> reports;
    private final Function<String, Optional<Lineage>> lineages;
    private final Templates templates = new Templates();

    /**
     * @param cards the pipelines, in the order to show them
     * @param reports report HTML by pipeline name; asked only for names that are among the cards
     */
    public Home(Supplier<List<PipelineCard>> cards, Function<String, Optional<String>> reports) {
        this(cards, reports, name -> Optional.empty());
    }

    /**
     * @param cards the pipelines, in the order to show them
     * @param reports report HTML by pipeline name; asked only for names that are among the cards
     * @param lineages lineage by pipeline name; likewise
     */
    public Home(
            Supplier<List<PipelineCard>> cards,
            Function<String, Optional<String>> reports,
            Function<String, Optional<Lineage>> lineages) {
        this.cards = cards;
        this.reports = reports;
        this.lineages = lineages;
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
        String rest = path.substring(PIPELINES.length()).replaceFirst("/$", "");
        if (rest.endsWith(LINEAGE)) {
            return known(rest.substring(0, rest.length() - LINEAGE.length()))
                    .flatMap(lineages)
                    .map(lineage -> templates.render("pages/lineage.jte", LineagePage.of(lineage)));
        }
        return known(rest).flatMap(reports);
    }

    private Optional<String> known(String segment) {
        return decoded(segment).filter(name -> cards.get().stream()
                .anyMatch(card -> card.name().equals(name)));
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
