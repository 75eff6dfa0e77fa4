package tatara.data.load;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import tatara.core.spec.DataArgument;
import tatara.data.lake.Lake;
import tatara.data.source.Sources;

/** A process that loads files one after the other, to be killed. */
final class KilledLoad {
    private KilledLoad() {}

    /** @param arguments the home, then the files */
    public static void main(String[] arguments) {
        Path home = Path.of(arguments[0]);
        Path cache = home.resolve("cache");
        LoadRequest request = LoadRequest.of("p.t").by("key").after("at").deletedBy("gone");
        Clock clock = Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);
        try (Lake lake = Lake.open(home, 256, 1)) {
            for (int i = 1; i < arguments.length; i++) {
                new Loading(lake, cache, clock)
                        .load(
                                request,
                                new Sources(cache)
                                        .discover(List.of(new DataArgument("t", arguments[i])))
                                        .get(0));
            }
        }
    }
}
