package tatara.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.lake.DataErrorCode;
import tatara.data.version.dvc.DvcData;

/**
 * From a file or folder to tables. Files of a folder with the same columns are parts of one table; files with other columns are other
 * tables; each sub-folder is looked at in the same way. A file that calls itself data (by its extension) and cannot be read is an error;
 * any other file that is no table is left out and named.
 */
final class Folders {
    private static final Set<String> DATA_EXTENSIONS = Set.of(
            "csv", "tsv", "tab", "psv", "dat", "data", "parquet", "pq", "json", "jsonl", "ndjson", "xlsx", "xlsm");
    private static final Set<String> DOCUMENT_EXTENSIONS = Set.of(
            "md", "rst", "html", "htm", "pdf", "yaml", "yml", "py", "r", "ipynb", "java", "sh", "sql", "log", "cfg",
            "ini", "toml");
    private static final int DEEPEST = 3;

    private final Inspection inspection;
    private final UnaryOperator<Path> tracked;

    /** @param tracked from a {@code .dvc} file to the data that it tracks */
    Folders(Inspection inspection, UnaryOperator<Path> tracked) {
        this.inspection = inspection;
        this.tracked = tracked;
    }

    /** @param name the user's name for the table, empty if none */
    List<SourceTable> tables(Path place, String name) {
        if (DvcData.isPointer(place)) {
            return tables(tracked.apply(place), name);
        }
        if (Files.isRegularFile(place)) {
            return file(place, name);
        }
        List<String> leftOut = new ArrayList<>();
        List<SourceTable> tables = folder(place, leftOut, 0);
        if (tables.isEmpty()) {
            throw new TataraException(
                    leftOut.isEmpty() ? DataErrorCode.SOURCE_EMPTY : DataErrorCode.SOURCE_UNCLEAR,
                    Fault.of("the folder holds no table" + (leftOut.isEmpty() ? "" : ", only " + listed(leftOut)))
                            .at(place.toString())
                            .expecting("CSV, Parquet, JSON lines or Excel files")
                            .todo("Give the folder or the file that holds the data"));
        }
        if (!name.isEmpty() && tables.size() > 1) {
            throw new TataraException(
                    DataErrorCode.SOURCE_UNCLEAR,
                    Fault.of("the folder holds " + tables.size() + " tables ("
                                    + listed(tables.stream()
                                            .map(SourceTable::name)
                                            .toList())
                                    + "), but one name was given: " + name)
                            .at(place.toString())
                            .expecting("one table, or no name")
                            .todo("Leave the name out, or name each file: --data NAME=PATH"));
        }
        if (!name.isEmpty()) {
            SourceTable only = tables.get(0);
            return List.of(
                    new SourceTable(name, only.format(), only.parts(), only.columns(), only.layout(), only.notes()));
        }
        return tables;
    }

    /** The table of a file; the sheets of a workbook are tables of their own. */
    private List<SourceTable> file(Path file, String name) {
        List<Inspection.Found> found = inspection.inspect(file);
        if (found.size() == 1) {
            return List.of(table(name.isEmpty() ? stem(file) : name, found, List.of()));
        }
        List<SourceTable> sheets = found.stream()
                .map(one -> table(one.part().dialect().sheet().sheet(), List.of(one), List.of()))
                .toList();
        if (!name.isEmpty()) {
            throw new TataraException(
                    DataErrorCode.SOURCE_UNCLEAR,
                    Fault.of("the workbook holds " + sheets.size() + " tables ("
                                    + listed(sheets.stream()
                                            .map(SourceTable::name)
                                            .toList())
                                    + "), but one name was given: " + name)
                            .at(file.toString())
                            .expecting("one table, or no name")
                            .todo("Leave the name out: the tables are called like their sheets"));
        }
        return sheets;
    }

    private List<SourceTable> folder(Path folder, List<String> leftOut, int depth) {
        List<Inspection.Found> found = new ArrayList<>();
        List<SourceTable> below = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        int before = leftOut.size();
        for (Path listed : list(folder)) {
            if (DvcData.isPointer(listed) && DvcData.isInPlace(listed)) {
                continue;
            }
            Path entry = DvcData.isPointer(listed) ? tracked.apply(listed) : listed;
            if (Files.isDirectory(entry)) {
                if (depth < DEEPEST) {
                    below.addAll(folder(entry, leftOut, depth + 1));
                }
            } else {
                look(entry, found, broken, leftOut);
            }
        }
        if (!broken.isEmpty()) {
            throw new TataraException(
                    DataErrorCode.SOURCE_UNCLEAR,
                    Fault.of("files of the folder cannot be read: " + listed(broken))
                            .at(folder.toString())
                            .expecting("tables only")
                            .todo("Mend or remove them, or give the files you want one by one with --data"));
        }
        List<String> notes = leftOut.size() == before
                ? List.of()
                : List.of("left out, being no tables: " + listed(leftOut.subList(before, leftOut.size())));
        List<SourceTable> tables = group(folder, found, notes);
        tables.addAll(below);
        return distinctNames(tables, folder);
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !hidden(entry.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw SourceBytes.failure(e, folder);
        }
    }

    private static boolean hidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    private void look(Path file, List<Inspection.Found> found, List<String> broken, List<String> leftOut) {
        String name = file.getFileName().toString();
        String extension = extension(name);
        if (DOCUMENT_EXTENSIONS.contains(extension) || !Files.isRegularFile(file)) {
            leftOut.add(name);
            return;
        }
        boolean data = DATA_EXTENSIONS.contains(extension);
        try {
            List<Inspection.Found> tables = inspection.inspect(file);
            if (data || tables.get(0).part().columns().size() > 1) {
                found.addAll(tables);
            } else {
                leftOut.add(name);
            }
        } catch (TataraException e) {
            if (data) {
                broken.add(name + " (" + e.fault().what() + ")");
            } else {
                leftOut.add(name);
            }
        }
    }

    private List<SourceTable> group(Path folder, List<Inspection.Found> found, List<String> notes) {
        Map<Object, List<Inspection.Found>> groups = new LinkedHashMap<>();
        for (Inspection.Found one : found) {
            groups.computeIfAbsent(signature(one), key -> new ArrayList<>()).add(one);
        }
        List<SourceTable> tables = new ArrayList<>();
        for (List<Inspection.Found> group : groups.values()) {
            List<Path> files =
                    group.stream().map(one -> Path.of(one.part().file().path())).toList();
            SheetArea sheet = group.get(0).part().dialect().sheet();
            String name = !sheet.only()
                    ? sheet.sheet()
                    : files.size() == 1 ? stem(files.get(0)) : commonStem(files).orElse(folderName(folder));
            List<String> all = new ArrayList<>(notes);
            if (files.size() > 1) {
                all.add(files.size() + " files with the same columns are one table: "
                        + listed(files.stream()
                                .map(file -> file.getFileName().toString())
                                .toList()));
            }
            tables.add(table(name, group, all));
        }
        return tables;
    }

    /** What files of one table have in common: format, columns in any order, layout; JSON objects may lack members. */
    private static Object signature(Inspection.Found found) {
        if (found.format() == Format.JSONL) {
            return List.of(
                    found.format(), stem(Path.of(found.part().file().path())).replaceAll("[\\d_.-]+", ""));
        }
        Set<String> columns = new TreeSet<>();
        found.part().columns().forEach(column -> columns.add(column.toLowerCase(Locale.ROOT)));
        SheetArea sheet = found.part().dialect().sheet();
        return List.of(
                found.format(),
                columns,
                found.layout().kind(),
                found.part().dialect().header(),
                sheet.only() ? "" : sheet.sheet());
    }

    private static SourceTable table(String name, List<Inspection.Found> group, List<String> notes) {
        Inspection.Found first = group.get(0);
        List<String> columns = first.part().columns();
        List<SourcePart> parts = group.stream()
                .map(one -> new SourcePart(
                        one.part().file(),
                        one.part().dialect(),
                        renamed(one.part().columns(), columns)))
                .toList();
        List<String> all = new ArrayList<>(notes);
        for (Inspection.Found one : group) {
            String file = Path.of(one.part().file().path()).getFileName().toString();
            one.notes().forEach(note -> all.add(group.size() == 1 ? note : file + ": " + note));
        }
        return new SourceTable(name, first.format(), parts, columns, first.layout(), all);
    }

    /** The part's columns, written as the first part writes them. */
    private static List<String> renamed(List<String> columns, List<String> like) {
        Map<String, String> written = new LinkedHashMap<>();
        like.forEach(column -> written.put(column.toLowerCase(Locale.ROOT), column));
        return columns.stream()
                .map(column -> written.getOrDefault(column.toLowerCase(Locale.ROOT), column))
                .toList();
    }

    /** Tables of sub-folders may have the names of others; those get their folder's name in front. */
    private static List<SourceTable> distinctNames(List<SourceTable> tables, Path folder) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        tables.forEach(table -> counts.merge(table.name().toLowerCase(Locale.ROOT), 1, Integer::sum));
        List<SourceTable> distinct = new ArrayList<>(tables.size());
        for (SourceTable table : tables) {
            boolean unique = counts.getOrDefault(table.name().toLowerCase(Locale.ROOT), 0) == 1;
            String name = unique ? table.name() : qualified(table, folder);
            distinct.add(new SourceTable(
                    name, table.format(), table.parts(), table.columns(), table.layout(), table.notes()));
        }
        return distinct;
    }

    private static String qualified(SourceTable table, Path folder) {
        Path first = Path.of(table.parts().get(0).file().path());
        Path parent = Objects.requireNonNull(first.getParent());
        String file = first.getFileName().toString();
        return parent.equals(folder) ? file : folderName(parent) + "_" + table.name();
    }

    private static String folderName(Path folder) {
        Path name = folder.getFileName();
        return name == null ? "data" : name.toString();
    }

    /** What file names share once numbers, dates and words such as part are gone from their ends. */
    private static Optional<String> commonStem(List<Path> files) {
        String common = stem(files.get(0));
        for (Path file : files) {
            String stem = stem(file);
            int same = 0;
            while (same < Math.min(common.length(), stem.length()) && common.charAt(same) == stem.charAt(same)) {
                same++;
            }
            common = common.substring(0, same);
        }
        int length = common.length();
        boolean cutsWord = files.stream()
                .map(Folders::stem)
                .anyMatch(stem -> stem.length() > length && Character.isLetter(stem.charAt(length)));
        String whole = cutsWord ? common.replaceAll("[\\p{L}]+$", "") : common;
        String bare = whole.replaceAll("(?i)[\\W_]*(part|chunk|shard|file|data)?[\\W_\\d]*$", "");
        return bare.length() < 3 ? Optional.empty() : Optional.of(bare);
    }

    /** The file name without the extensions that data has. */
    static String stem(Path file) {
        String name = file.getFileName().toString();
        String extension = extension(name);
        String bare = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        boolean known = DATA_EXTENSIONS.contains(extension) || extension.equals("txt");
        String stem = known ? bare.substring(0, bare.length() - extension.length() - 1) : bare;
        return stem.isEmpty() ? name : stem;
    }

    private static String extension(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String bare = lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
        int dot = bare.lastIndexOf('.');
        return dot < 0 ? "" : bare.substring(dot + 1);
    }

    private static String listed(List<String> names) {
        int most = 10;
        return names.size() <= most
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
    }
}
