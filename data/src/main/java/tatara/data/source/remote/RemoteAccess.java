package tatara.data.source.remote;

import java.util.List;
import tatara.core.port.Secrets;

/**
 * What is needed to read from outside this machine.
 *
 * @param offline whether nothing outside may be asked, so that only copies that are there are used
 */
public record RemoteAccess(ConnectorLookup connectors, Secrets secrets, boolean offline) {
    /** Access to nothing: every location with a scheme is refused. */
    public static RemoteAccess none() {
        return new RemoteAccess(ConnectorLookup.of(List.of()), SecretReferences.of(name -> null), false);
    }
}
