package tatara.data.lake;

import java.nio.file.Path;

/** A table's names and places. */
record LakeTable(String layer, String name, String pipelineDirectory, String tableDirectory, Path lake) {
    /** Name of the Iceberg catalog, a part of its keys. */
    static final String CATALOG = "tatara";

    Path location() {
        return lake.resolve(layer).resolve(pipelineDirectory).resolve(tableDirectory);
    }

    Path data() {
        return location().resolve("data");
    }

    /** Remembers what a snapshot holds, so that reading needs no metadata files. */
    Path remembered(long snapshot) {
        return location().resolve("snapshots").resolve(snapshot + ".json");
    }
}
