package tatara.cli;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.data.files.FileChanges;
import tatara.data.lake.Version;
import tatara.data.version.Difference;

/** Versions of tables as JSON and as lines. */
final class VersionDocuments {
    private VersionDocuments() {}

    static Json.Obj table(TableRef ref) {
        return Json.object()
                .with("table", ref.layer() + "/" + ref.name())
                .with("version", Long.toString(ref.snapshot()))
                .with("rows", ref.rows());
    }

    static Json.Obj changes(FileChanges changes) {
        return Json.object()
                .with("files", changes.files())
                .with("bytes", changes.bytes())
                .with("read", changes.read())
                .with("added", Json.strings(changes.added()))
                .with("changed", Json.strings(changes.changed()))
                .with("removed", Json.strings(changes.removed()));
    }

    /** Ids are texts: they are greater than what many readers of JSON can hold as numbers. */
    static Json.Obj version(Version version, List<String> models) {
        Json.Obj properties = Json.object();
        for (var entry : new TreeMap<>(version.properties()).entrySet()) {
            properties = properties.with(entry.getKey(), entry.getValue());
        }
        return Json.object()
                .with("version", Long.toString(version.table().snapshot()))
                .with("at", version.at().toString())
                .with("operation", version.operation())
                .with("rows", version.table().rows())
                .with("added", version.rowsAdded())
                .with("deleted", version.rowsDeleted())
                .with("bytes", version.bytes())
                .with("refs", Json.strings(version.refs()))
                .with("properties", properties)
                .with("models", Json.strings(models))
                .with(
                        "parent",
                        version.parent().isPresent()
                                ? Json.string(Long.toString(version.parent().getAsLong()))
                                : Json.NULL);
    }

    static Json.Obj difference(Difference difference) {
        return table(difference.after())
                .with("before", Long.toString(difference.before().snapshot()))
                .with("after", Long.toString(difference.after().snapshot()))
                .with("same", new Json.Bool(difference.isEmpty()))
                .with("columns", RecordCodec.write(difference.columns()))
                .with("rows", RecordCodec.write(difference.rows()))
                .with("shifts", RecordCodec.write(difference.shifts()));
    }

    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < 3) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %siB" : "%.0f %siB", value, "KMGT".charAt(unit));
    }
}
