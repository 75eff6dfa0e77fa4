package tatara.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.export.ContractExport;
import tatara.data.export.ExportFormat;

/** Names of the formats of {@code --export}, and of the files that it writes. */
final class ExportNames implements CommandLine.ITypeConverter<ExportFormat>, Iterable<String> {
    private static final Set<String> IMPORTED = Set.of(
            "pydantic",
            "pydantic_core",
            "pandas",
            "pandera",
            "great_expectations",
            "argparse",
            "csv",
            "json",
            "logging",
            "math",
            "re",
            "sys",
            "warnings",
            "collections",
            "dataclasses",
            "datetime",
            "functools",
            "pathlib",
            "typing");

    ExportNames() {}

    static String name(ExportFormat format) {
        return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public ExportFormat convert(String value) {
        return Arrays.stream(ExportFormat.values())
                .filter(format -> name(format).equals(value))
                .findFirst()
                .orElseThrow(() -> new CommandLine.TypeConversionException(
                        "'" + value + "' is none of " + String.join(", ", this)));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(ExportFormat.values()).map(ExportNames::name).iterator();
    }

    /**
     * The first file is where the user said; the others have its name and their own ending.
     *
     * @throws TataraException if a file would have the name of a Python module that it imports
     */
    static List<Path> places(Path first, ContractExport exported) {
        List<Path> places = new ArrayList<>();
        String name = String.valueOf(first.getFileName());
        String own = exported.files().get(0).ending();
        String stem = name.endsWith(own) ? name.substring(0, name.length() - own.length()) : name;
        if (exported.format() != ExportFormat.JSON_SCHEMA && IMPORTED.contains(stem)) {
            throw new TataraException(
                    CliErrorCode.WRONG_USAGE,
                    Fault.of("a Python file cannot be named " + stem + ", like a module that it imports")
                            .at(first.toString())
                            .todo("Choose another name for --to"));
        }
        for (ContractExport.File file : exported.files()) {
            places.add(places.isEmpty() ? first : first.resolveSibling(stem + file.ending()));
        }
        return places;
    }

    static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
