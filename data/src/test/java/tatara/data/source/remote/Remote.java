package tatara.data.source.remote;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tatara.core.port.Connector;
import tatara.core.run.RunEvent;

/** Remote copies into a directory, without waiting, with what they reported. */
final class Remote {
    final Path cache;
    final Map<String, String> environment = new HashMap<>();
    final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
    final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    final Connector http = new HttpConnector(Duration.ofSeconds(5), pauses::add);

    Remote(Path cache) {
        this.cache = cache;
    }

    SecretReferences secrets() {
        return SecretReferences.of(environment::get);
    }

    RemoteCopies copies() {
        return copies(http, false);
    }

    RemoteCopies copies(Connector connector, boolean offline) {
        RemoteAccess access = new RemoteAccess(ConnectorLookup.of(List.of(connector)), secrets(), offline);
        return new RemoteCopies(cache, access, events::add, System::nanoTime);
    }

    RunEvent.StepFinished finished() {
        return events.stream()
                .filter(RunEvent.StepFinished.class::isInstance)
                .map(RunEvent.StepFinished.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
