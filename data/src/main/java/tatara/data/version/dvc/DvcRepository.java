package tatara.data.version.dvc;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tatara.data.files.ObjectStore;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.StorageFailure;

/**
 * A folder that DVC works in: it has a folder {@code .dvc} with the configuration and, if nothing else is said, the cache.
 *
 * @param root the folder that holds {@code .dvc}
 * @param cache DVC's cache
 * @param remotes those in folders of this machine, the default one first
 */
record DvcRepository(Path root, Path cache, List<Path> remotes) {
    private static final String REMOTE = "remote ";

    DvcRepository {
        remotes = List.copyOf(remotes);
    }

    /** The repository that a place belongs to. */
    static Optional<DvcRepository> around(Path place) {
        for (Path folder = place.toAbsolutePath().normalize(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(".dvc"))) {
                return Optional.of(read(folder));
            }
        }
        return Optional.empty();
    }

    /** Makes a folder one, as {@code dvc init --no-scm} does. */
    static DvcRepository make(Path folder, Optional<Path> remote) {
        Path root = folder.toAbsolutePath().normalize();
        Path configuration = root.resolve(".dvc");
        StringBuilder text = new StringBuilder("[core]\n    no_scm = True\n");
        remote.ifPresent(
                place -> text.append("    remote = tatara\n['remote \"tatara\"']\n    url = \"" + place + "\"\n"));
        try {
            AtomicFile.write(configuration.resolve("config"), text.toString());
            AtomicFile.write(configuration.resolve(".gitignore"), "/config.local\n/tmp\n/cache\n");
        } catch (IOException e) {
            throw StorageFailure.of(e, configuration);
        }
        return new DvcRepository(
                root, configuration.resolve("cache"), remote.stream().toList());
    }

    /** The content of files, and the lists of folders, below a cache or remote. */
    static ObjectStore objects(Path store) {
        return new ObjectStore(store.resolve("files").resolve("md5"), "MD5");
    }

    private static DvcRepository read(Path root) {
        Path configuration = root.resolve(".dvc");
        Map<String, Map<String, String>> settings = new TreeMap<>();
        parse(configuration.resolve("config"), settings);
        parse(configuration.resolve("config.local"), settings);
        String cache = settings.getOrDefault("cache", Map.of()).getOrDefault("dir", "cache");
        String first = settings.getOrDefault("core", Map.of()).getOrDefault("remote", "");
        List<Path> remotes = new ArrayList<>();
        settings.forEach((section, values) -> {
            if (section.startsWith(REMOTE)) {
                Optional<Path> place = local(configuration, values.getOrDefault("url", ""));
                boolean isFirst = section.equals(REMOTE + '"' + first + '"');
                place.ifPresent(path -> remotes.add(isFirst ? 0 : remotes.size(), path));
            }
        });
        return new DvcRepository(root, configuration.resolve(cache).normalize(), remotes);
    }

    private static Optional<Path> local(Path configuration, String url) {
        if (url.startsWith("file:")) {
            return Optional.of(Path.of(URI.create(url)));
        }
        return url.isEmpty() || url.matches("[a-z0-9+]+://.*")
                ? Optional.empty()
                : Optional.of(configuration.resolve(url).normalize());
    }

    /** Reads DVC's configuration: sections in brackets, {@code key = value} in them, either in quotes if it likes. */
    private static void parse(Path file, Map<String, Map<String, String>> settings) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            String section = "";
            for (String line : Files.readAllLines(file)) {
                String text = line.strip();
                int equals = text.indexOf('=');
                if (text.startsWith("[") && text.endsWith("]")) {
                    section = unquoted(text.substring(1, text.length() - 1));
                } else if (equals > 0 && !text.startsWith("#")) {
                    settings.computeIfAbsent(section, absent -> new TreeMap<>())
                            .put(text.substring(0, equals).strip(), unquoted(text.substring(equals + 1)));
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    private static String unquoted(String text) {
        String stripped = text.strip();
        int last = stripped.length() - 1;
        boolean quoted = last > 0
                && (stripped.charAt(0) == '"' || stripped.charAt(0) == '\'')
                && stripped.charAt(0) == stripped.charAt(last);
        return quoted ? stripped.substring(1, last) : stripped;
    }
}
