package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.List;
import tatara.core.design.DataDesign;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.SourceFile;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.json.RecordCodec;
import tatara.core.spec.Spec;
import tatara.pipeline.execute.ContentKey;

/** Keys of just what a step depends on, so that an edit reruns what it touches and nothing else. */
final class Keys {
    private Keys() {}

    /** Of evidence, without snapshot numbers and paths inside the home, which differ between homes. */
    static String of(DataEvidence evidence) {
        List<TableProfile> tables =
                evidence.tables().stream().map(Keys::portable).toList();
        return ContentKey.of(RecordCodec.write(new DataEvidence(
                tables, evidence.links(), evidence.suspects(), evidence.personal(), evidence.shapes())));
    }

    private static TableProfile portable(TableProfile profile) {
        TableRef raw = profile.raw();
        SourceAudit source = profile.source();
        return new TableProfile(
                profile.name(),
                new TableRef(raw.layer(), raw.name(), 0, raw.rows()),
                new SourceAudit(
                        source.table(),
                        source.format(),
                        source.files().stream().map(Keys::portable).toList(),
                        source.dialect(),
                        source.rows(),
                        source.quarantined(),
                        "",
                        source.notes()),
                profile.columns(),
                profile.duplicateRows(),
                profile.keys());
    }

    /** Copies lie in the home. */
    private static SourceFile portable(SourceFile file) {
        return new SourceFile(file.place(), file.bytes(), file.fingerprint());
    }

    /** Of what the question is: task, table, target, time, entity. */
    static String question(Spec spec) {
        return ContentKey.of(
                spec.task().name(),
                spec.table(),
                spec.target().orElse(""),
                spec.time().orElse(""),
                spec.entity().orElse(""));
    }

    /** Of what decides how a table's cells are read: not the roles, limits and reasons. */
    static String parsing(DataDesign.Table contract) {
        List<String> parts = new ArrayList<>();
        parts.add(contract.name());
        parts.add(contract.duplicates().name());
        for (DataDesign.Contract column : contract.columns()) {
            parts.add(column.name());
            parts.add(column.type().name());
            parts.add(ContentKey.of(RecordCodec.write(column.format())));
        }
        return ContentKey.of(parts);
    }

    /** Of the tables' event and arrival times. */
    static String times(DataDesign data) {
        List<String> parts = new ArrayList<>();
        for (DataDesign.Table table : data.tables()) {
            parts.add(table.name());
            parts.add(table.eventTime().orElse(""));
            parts.add(table.arrivalTime().orElse(""));
        }
        return ContentKey.of(parts);
    }
}
