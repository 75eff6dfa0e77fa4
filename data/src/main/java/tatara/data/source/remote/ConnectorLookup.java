package tatara.data.source.remote;

import java.util.List;
import java.util.Optional;
import tatara.core.port.Connector;

/** Finds the connector of a scheme. Thread-safe. */
public interface ConnectorLookup {
    /** @param scheme in lower case */
    Optional<Connector> find(String scheme);

    /** All schemes that {@link #find} knows, for people. */
    List<String> schemes();

    /** A lookup among connectors that are there; of two with the same scheme the first counts. */
    static ConnectorLookup of(List<Connector> connectors) {
        return new ConnectorLookup() {
            @Override
            public Optional<Connector> find(String scheme) {
                return connectors.stream()
                        .filter(connector -> connector.schemes().contains(scheme))
                        .findFirst();
            }

            @Override
            public List<String> schemes() {
                return connectors.stream()
                        .flatMap(connector -> connector.schemes().stream().sorted())
                        .distinct()
                        .toList();
            }
        };
    }
}
