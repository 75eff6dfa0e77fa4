package tatara.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.data.lake.Lake;
import tatara.data.layout.StorageCost;
import tatara.data.version.Garbage;
import tatara.data.version.Holds;
import tatara.pipeline.DataNeeds;

/** {@code tatara data cost}. */
@CommandLine.Command(
        name = "cost",
        description =
                "What the home's tables and files cost to store, and what would make them smaller: measured by trying it.")
final class DataCostCommand extends Command {
    @Option(
            names = "--price",
            paramLabel = "USD",
            description = "US dollars for a gigabyte and month (default: 0.023, as object stores ask for).")
    double price = 0.023;

    @Option(
            names = "--largest",
            paramLabel = "N",
            description = "Codecs are tried on the N largest tables (default: 3).")
    int largest = 3;

    DataCostCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        if (!(price >= 0)) {
            throw NamedTables.wrongUsage("--price " + price, "0 or more");
        }
        try (Wiring wiring = new Wiring(workspace())) {
            Lake lake = wiring.lake().get();
            StorageCost cost = new StorageCost(lake, workspace().cache());
            List<StorageCost.OfTable> tables = cost.tables();
            List<Json> documents = new ArrayList<>();
            long all = 0;
            for (StorageCost.OfTable table : tables) {
                all += table.newest() + table.older();
                line(
                        table.table().layer() + "/" + table.table().name(),
                        table.newest() + table.older(),
                        "older versions and metadata " + VersionDocuments.bytes(table.older()));
                documents.add(RecordCodec.write(table));
            }
            Json.Obj others = Json.object();
            for (Map.Entry<String, Long> part : cost.others(tables).entrySet()) {
                all += part.getValue();
                line(part.getKey(), part.getValue(), "");
                others = others.with(part.getKey(), part.getValue());
            }
            line("all", all, "");
            terminal.document(Json.object()
                    .with("price", price)
                    .with("tables", new Json.Arr(documents))
                    .with("others", others)
                    .with("bytes", all)
                    .with("dollarsAMonth", StorageCost.dollars(all, price))
                    .with("expirable", expirable(wiring, lake))
                    .with("codecs", codecs(cost, tables)));
        }
        return 0;
    }

    private void line(String name, long bytes, String more) {
        terminal.line(String.format(
                Locale.ROOT,
                "%-50s %10s  %10.6f $ a month  %s",
                name,
                VersionDocuments.bytes(bytes),
                StorageCost.dollars(bytes, price),
                more));
    }

    /** What {@code data gc} would free now, and if versions did not have to be thirty days old. */
    private Json expirable(Wiring wiring, Lake lake) {
        DataNeeds needs = new DataNeeds(workspace(), wiring.lake(), wiring.registry());
        Set<TableRef> needed = needs.results();
        needed.addAll(needs.models().keySet());
        Json.Obj freed = Json.object();
        for (int days : new int[] {30, 0}) {
            long bytes = new Garbage(lake, wiring.clock())
                    .sweep(lake.tables(), needed, Duration.ofDays(days), Holds.read(lake.home()), true).stream()
                            .mapToLong(Garbage.Swept::bytes)
                            .sum();
            terminal.line(String.format(
                    Locale.ROOT,
                    "  data gc --keep-days %d would free %s, %.6f $ a month",
                    days,
                    VersionDocuments.bytes(bytes),
                    StorageCost.dollars(bytes, price)));
            freed = freed.with("keepDays" + days, bytes);
        }
        return freed;
    }

    private Json codecs(StorageCost cost, List<StorageCost.OfTable> tables) {
        Json.Obj codecs = Json.object();
        List<StorageCost.OfTable> big = tables.stream()
                .sorted(Comparator.comparingLong(StorageCost.OfTable::newest).reversed())
                .limit(Math.max(0, largest))
                .toList();
        for (StorageCost.OfTable table : big) {
            String name = table.table().layer() + "/" + table.table().name();
            List<StorageCost.Tried> tried = cost.codecs(table.table());
            terminal.line(name + ": " + VersionDocuments.bytes(table.newest()) + " now; tried on "
                    + tried.get(0).rows() + " of " + table.table().rows() + " rows:");
            for (StorageCost.Tried one : tried) {
                terminal.line(String.format(
                        Locale.ROOT,
                        "  %-10s %10s, written in %.2f s, read in %.3f s",
                        one.codec(),
                        VersionDocuments.bytes(one.bytes()),
                        one.writeSeconds(),
                        one.readSeconds()));
            }
            codecs = codecs.with(
                    name, new Json.Arr(tried.stream().map(RecordCodec::write).toList()));
        }
        return codecs;
    }
}
