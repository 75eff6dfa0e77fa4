package tatara.data.lake;

import java.nio.file.Path;
import java.util.Locale;

/** A table's names and places. */
record LakeTable(String layer, String name, String pipelineDirectory, String tableDirectory, Path lake) {
    /** Name of the Iceberg catalog, a part of its keys. */
    static final String CATALOG = "tatara";

    static LakeTable of(Path lake, String layer, String name) {
        if (!layer.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("layer: " + layer + " (expected: lower-case letters)");
        }
        int dot = name.indexOf('.');
        String pipeline = dot < 0 ? "default" : name.substring(0, dot);
        return new LakeTable(
                layer.toLowerCase(Locale.ROOT),
                name,
                SafeName.of(pipeline),
                SafeName.of(name.substring(dot + 1)),
                lake);
    }

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

    /** Locked by the process that writes the table. */
    Path lock() {
        return location().resolve(".lock");
    }

    /** Lies there while a writer's files are not yet committed. */
    Path writing() {
        return location().resolve(".writing");
    }

    /** The table as messages name it. */
    String place() {
        return layer + " table " + name;
    }
}
