package tatara.data.lineage;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tatara.core.run.Lineage;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Node;

/**
 * A dataset by OpenLineage's naming: {@code file} and a path, {@code s3://BUCKET} and a key, {@code postgres://HOST:PORT} and
 * {@code DATABASE.SCHEMA.TABLE}, else the address's scheme and authority and its path.
 */
record Dataset(String namespace, String name) {
    private static final String FILE = "file";

    /**
     * The dataset of a table, of a model, or of its features.
     *
     * @param lake folder of the tables, absolute
     * @param own namespace of what lies in no storage of its own
     */
    static Dataset of(Node node, String lake, String own) {
        return switch (node.kind()) {
            case SOURCE -> source(node);
            case RAW, PROCESSED, VIEW ->
                new Dataset(
                        FILE,
                        lake + "/"
                                + Optional.ofNullable(node.facts().get("table"))
                                        .orElse(node.id().replaceFirst(":", "/")));
            case FEATURE -> new Dataset(own, node.table() + ".features");
            case MODEL -> new Dataset(own, node.table() + ".model");
            case PREDICTION -> new Dataset(own, node.table() + ".predictions");
        };
    }

    private static Dataset source(Node node) {
        List<String> places = Arrays.asList(Optional.ofNullable(node.facts().get("place"))
                .orElse(node.table())
                .split("\n", -1));
        String place = places.get(0);
        if (places.size() > 1) {
            int slash = place.lastIndexOf('/');
            place = slash > 0 ? place.substring(0, slash) : place;
        }
        return at(place);
    }

    /** @param place path or URI; what is no address is a file's name */
    static Dataset at(String place) {
        if (!place.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*")) {
            return new Dataset(FILE, place);
        }
        try {
            URI address = URI.create(place.replace(" ", "%20"));
            String scheme = address.getScheme();
            String authority = Optional.ofNullable(address.getRawAuthority())
                    .map(text -> text.substring(text.lastIndexOf('@') + 1))
                    .orElse("");
            String path = Optional.ofNullable(address.getPath()).orElse("");
            if (scheme.equals(FILE)) {
                return new Dataset(FILE, path);
            }
            if (scheme.startsWith("postgres")) {
                String port = address.getPort() < 0 ? ":5432" : "";
                return new Dataset(
                        "postgres://" + authority + port,
                        path.replaceFirst("^/", "").replace('/', '.'));
            }
            return new Dataset(scheme + "://" + authority, path.isEmpty() ? "/" : path.replaceFirst("^/(?=.)", ""));
        } catch (IllegalArgumentException malformed) {
            return new Dataset(FILE, place);
        }
    }

    /** The nodes of a lineage that are columns of this node's dataset. */
    static List<Node> columns(Lineage lineage, Kind kind, String table) {
        return lineage.of(kind).stream()
                .filter(node -> node.table().equals(table) && node.column().isPresent())
                .toList();
    }
}
