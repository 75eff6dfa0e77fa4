package tatara.data.source;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.SourceFile;

/** Files that are copies of what lies outside of this machine: people are told where they come from. */
final class Origins {
    private Origins() {}

    /** The table, its files with their origins. */
    static SourceTable of(SourceTable table, Map<Path, String> origins) {
        List<SourcePart> parts = table.parts().stream()
                .map(part -> {
                    String origin = origins.get(Path.of(part.file().path()));
                    return origin == null
                            ? part
                            : new SourcePart(part.file().from(origin), part.dialect(), part.columns());
                })
                .toList();
        return new SourceTable(table.name(), table.format(), parts, table.columns(), table.layout(), table.notes());
    }

    /** What the work gives; its errors name origins instead of copies. */
    static <T> T named(Map<Path, String> origins, Supplier<T> work) {
        try {
            return work.get();
        } catch (TataraException e) {
            throw renamed(e, origins);
        }
    }

    /** The same for files that know their origins. */
    static <T> T named(List<SourceFile> files, Supplier<T> work) {
        Map<Path, String> origins = new LinkedHashMap<>();
        for (SourceFile file : files) {
            file.origin().ifPresent(origin -> origins.put(Path.of(file.path()), origin));
        }
        return origins.isEmpty() ? work.get() : named(origins, work);
    }

    private static TataraException renamed(TataraException e, Map<Path, String> origins) {
        Fault fault = e.fault();
        Fault told = new Fault(
                renamed(fault.what(), origins),
                renamed(fault.where(), origins),
                renamed(fault.expected(), origins),
                renamed(fault.todo(), origins));
        return told.equals(fault) ? e : new TataraException(e.code(), told, e);
    }

    private static String renamed(String text, Map<Path, String> origins) {
        String told = text;
        for (Map.Entry<Path, String> origin : origins.entrySet()) {
            told = told.replace(origin.getKey().toString(), origin.getValue());
        }
        return told;
    }

    /** A rejected row, with its file's origin. */
    static Reject named(Reject reject, List<SourceFile> files) {
        for (SourceFile file : files) {
            if (file.origin().isPresent() && reject.file().equals(file.path())) {
                return new Reject(file.place(), reject.line(), reject.reason(), reject.text());
            }
        }
        return reject;
    }
}
