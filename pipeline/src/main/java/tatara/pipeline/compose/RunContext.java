package tatara.pipeline.compose;

import java.time.Clock;
import java.util.function.LongSupplier;
import tatara.core.port.ModelRegistry;
import tatara.data.lake.Lake;
import tatara.data.lineage.LineageEvents;
import tatara.data.source.remote.RemoteAccess;
import tatara.pipeline.execute.Execution;
import tatara.pipeline.execute.Lazy;
import tatara.pipeline.execute.RunSettings;
import tatara.pipeline.execute.Workspace;

/** What the phases of one run share. */
public record RunContext(
        Workspace workspace,
        Execution execution,
        Lazy<Lake> lake,
        RemoteAccess remote,
        Lazy<ModelRegistry> registry,
        RunSettings settings,
        LineageEvents lineage,
        Clock clock,
        LongSupplier nanoTime) {}
