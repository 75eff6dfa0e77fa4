package tatara.data.source;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.lake.DataErrorCode;

/** From what the user wrote to a file or folder that is there and may be read. */
final class Places {
    private static final int MOST_SUGGESTED = 3;

    private Places() {}

    /**
     * The absolute path of a location: a path, or a {@code file:} URI.
     *
     * @throws TataraException if it is not there, not local, not readable, or neither file nor folder
     */
    static Path resolve(String location) {
        Path path = path(location).toAbsolutePath().normalize();
        if (!Files.exists(path)) {
            throw new TataraException(
                    DataErrorCode.SOURCE_NOT_FOUND,
                    Fault.of("no such file or folder: " + location).todo(suggestion(path)));
        }
        if (!Files.isReadable(path) || (Files.isDirectory(path) && !Files.isExecutable(path))) {
            throw new TataraException(
                    DataErrorCode.SOURCE_NOT_READABLE,
                    Fault.of("no permission to read " + location)
                            .expecting("data that this user may read")
                            .todo("Change its permissions (chmod +r), or copy it"));
        }
        if (!Files.isDirectory(path) && !Files.isRegularFile(path)) {
            throw new TataraException(
                    DataErrorCode.SOURCE_NOT_READABLE,
                    Fault.of("neither a file nor a folder: " + location).todo("Write the data to a file first"));
        }
        return path;
    }

    private static Path path(String location) {
        if (location.isBlank()) {
            throw notFound("an empty path", "Give a file or a folder");
        }
        if (location.indexOf('\u0000') >= 0) {
            throw notFound("a path with a NUL character", "Give a file or a folder");
        }
        if (location.regionMatches(true, 0, "file:", 0, 5)) {
            try {
                return Path.of(new URI(location));
            } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
                return Path.of(location.substring(5).replaceFirst("^/{2,}", "/"));
            }
        }
        try {
            return Path.of(location);
        } catch (InvalidPathException e) {
            throw notFound("not a path: " + location, "Give a file or a folder");
        }
    }

    private static TataraException notFound(String what, String todo) {
        return new TataraException(
                DataErrorCode.SOURCE_NOT_FOUND,
                Fault.of(what).expecting("a local path or file:// URI").todo(todo));
    }

    private static String suggestion(Path missing) {
        Path parent = missing.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return parent == null
                    ? "Check the path"
                    : "The folder " + parent + " does not exist either; check the path";
        }
        String wanted = missing.getFileName().toString().toLowerCase(Locale.ROOT);
        try (Stream<Path> files = Files.list(parent)) {
            List<String> near = files.map(file -> file.getFileName().toString())
                    .filter(name -> near(name.toLowerCase(Locale.ROOT), wanted))
                    .sorted(Comparator.comparingInt((String name) -> distance(name.toLowerCase(Locale.ROOT), wanted))
                            .thenComparing(Comparator.naturalOrder()))
                    .limit(MOST_SUGGESTED)
                    .map(name -> parent.resolve(name).toString())
                    .toList();
            return near.isEmpty() ? "Check the path" : "Did you mean " + String.join(" or ", near) + "?";
        } catch (IOException e) {
            return "Check the path";
        }
    }

    private static boolean near(String name, String wanted) {
        return distance(name, wanted) <= Math.max(2, wanted.length() / 4)
                || stem(name).equals(stem(wanted))
                || (stem(wanted).length() > 3 && stem(name).startsWith(stem(wanted)));
    }

    private static String stem(String name) {
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** Levenshtein distance. */
    static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[previous.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(row[j - 1], previous[j]) + 1);
            }
            previous = row;
        }
        return previous[right.length()];
    }
}
