package tatara.data.lineage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Contract;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.SourceFile;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.run.Lineage;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Means;

/** Draws the lineage of a run from its designs and from what its steps made; nothing is asserted by a person or a specialist. */
public final class Tracing {
    private final Trace trace;
    private final Graph graph = new Graph();

    private Tracing(Trace trace) {
        this.trace = trace;
    }

    /** The graph from source columns to predictions; columns that reach no model are in it, with the reason. */
    public static Lineage of(Trace trace) {
        Tracing tracing = new Tracing(trace);
        for (DataDesign.Table table : trace.data().tables()) {
            tracing.table(table);
        }
        new ModelTracing(trace, tracing.graph).draw();
        return tracing.graph.lineage(trace.pipeline(), trace.run());
    }

    private void table(DataDesign.Table table) {
        Optional<TableProfile> profile = trace.evidence().tables().stream()
                .filter(each -> each.name().equals(table.name()))
                .findFirst();
        Map<String, String> origin = profile.map(each -> origin(each.source())).orElse(Map.of());
        String source = graph.table(Kind.SOURCE, table.name(), "", origin);
        String raw = graph.table(Kind.RAW, table.name(), "", raw(table.name(), profile));
        String processed = graph.table(
                Kind.PROCESSED,
                table.name(),
                "",
                Optional.ofNullable(trace.processed().get(table.name()))
                        .map(Tracing::version)
                        .orElse(Map.of()));
        graph.direct(source, raw, Means.IDENTITY, "every row and column as it was read");
        graph.direct(
                raw,
                processed,
                Means.TRANSFORMATION,
                "cells parsed"
                        + (table.duplicates() == DataDesign.Duplicates.DROP ? ", repeated rows dropped" : "")
                        + ", rows that break the contract set aside");
        for (Contract column : table.columns()) {
            column(table.name(), column);
        }
    }

    private void column(String table, Contract column) {
        String role = column.role().name().toLowerCase(Locale.ROOT);
        String source = graph.column(Kind.SOURCE, table, column.name(), role, Map.of());
        String raw = graph.column(Kind.RAW, table, column.name(), role, Map.of());
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("type", column.type().name().toLowerCase(Locale.ROOT));
        facts.put("why", column.why());
        String processed = graph.column(Kind.PROCESSED, table, column.name(), role, facts);
        graph.direct(source, raw, Means.IDENTITY, "as it was read");
        graph.direct(raw, processed, Means.TRANSFORMATION, parsed(column));
    }

    private static String parsed(Contract column) {
        CellFormat format = column.format();
        List<String> parts = new ArrayList<>();
        parts.add("parsed as " + column.type().name().toLowerCase(Locale.ROOT));
        format.timePattern().ifPresent(pattern -> parts.add("pattern " + pattern));
        if (!format.decimal().equals(".")) {
            parts.add("decimal " + format.decimal());
        }
        if (!format.grouping().isEmpty()) {
            parts.add("thousands " + format.grouping());
        }
        if (!format.prefix().isEmpty()) {
            parts.add("without the prefix " + format.prefix());
        }
        if (!format.suffix().isEmpty()) {
            parts.add("without the suffix " + format.suffix());
        }
        if (!format.missing().isEmpty()) {
            parts.add("missing is " + String.join(" or ", format.missing()));
        }
        return String.join(", ", parts);
    }

    private static Map<String, String> origin(SourceAudit audit) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("format", audit.format());
        facts.put("place", audit.files().stream().map(SourceFile::place).collect(Collectors.joining("\n")));
        facts.put(
                "fingerprint",
                audit.files().stream().map(SourceFile::fingerprint).collect(Collectors.joining("\n")));
        facts.put("rows", Long.toString(audit.rows()));
        facts.put("unreadable rows", Long.toString(audit.quarantined()));
        audit.dialect().forEach((name, value) -> facts.putIfAbsent("dialect " + name, value));
        return facts;
    }

    private Map<String, String> raw(String table, Optional<TableProfile> profile) {
        Map<String, String> facts = new LinkedHashMap<>();
        profile.ifPresent(each -> facts.putAll(version(each.raw())));
        trace.properties().getOrDefault(table, Map.of()).forEach((name, value) -> facts.put("snapshot " + name, value));
        return facts;
    }

    static Map<String, String> version(TableRef ref) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("table", ref.layer() + "/" + ref.name());
        facts.put("snapshot", Long.toString(ref.snapshot()));
        facts.put("rows", Long.toString(ref.rows()));
        return facts;
    }
}
