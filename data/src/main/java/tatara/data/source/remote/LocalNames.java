package tatara.data.source.remote;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tatara.core.port.RemoteObject;

/**
 * Paths of copies below a directory, from names that may hold anything: never outside of it, never two objects in one file (also where
 * upper and lower case are the same), folders kept, as readable as can be. Not thread-safe.
 */
final class LocalNames {
    private static final int LONGEST_BYTES = 200;
    private static final Pattern ENDING = Pattern.compile("(\\.[A-Za-z0-9]{1,8}){1,2}$");

    private final Set<String> files = new HashSet<>();
    private final Set<String> folders = new HashSet<>();

    private LocalNames() {}

    /**
     * The objects that hold data, by their relative path: of a folder's those whose name or folder begins with {@code .} or {@code _},
     * and the empty objects that stand for a folder, are left out, as they are in local folders.
     */
    static Map<String, RemoteObject> of(List<RemoteObject> objects) {
        List<RemoteObject> data = objects.stream()
                .filter(object -> !isFolder(object))
                .filter(object -> objects.size() == 1 || !isHidden(object.name()))
                .toList();
        LocalNames names = new LocalNames();
        data.forEach(object -> names.reserveFolders(safe(object.name())));
        Map<String, RemoteObject> byPath = new LinkedHashMap<>();
        data.forEach(object -> byPath.put(names.free(object), object));
        return byPath;
    }

    /** Whether an object only stands for a folder, as consoles and Hadoop write them. */
    private static boolean isFolder(RemoteObject object) {
        String name = object.name();
        return name.isEmpty() || name.endsWith("/") || (object.bytes() == 0 && name.endsWith("_$folder$"));
    }

    private static boolean isHidden(String name) {
        for (String part : name.split("/")) {
            boolean dots = part.equals(".") || part.equals("..");
            if (!dots && (part.startsWith(".") || part.startsWith("_"))) {
                return true;
            }
        }
        return false;
    }

    private static String safe(String name) {
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/", -1)) {
            parts.add(segment(part));
        }
        return String.join("/", parts);
    }

    private void reserveFolders(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        for (int slash = lower.indexOf('/'); slash >= 0; slash = lower.indexOf('/', slash + 1)) {
            folders.add(lower.substring(0, slash));
        }
    }

    private String free(RemoteObject object) {
        String path = safe(object.name());
        for (int attempt = 0; isTaken(path); attempt++) {
            path = marked(safe(object.name()), object.uri() + (attempt == 0 ? "" : attempt));
        }
        files.add(path.toLowerCase(Locale.ROOT));
        return path;
    }

    private boolean isTaken(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return files.contains(lower) || folders.contains(lower);
    }

    /** One part of a path, for a text that may hold anything. */
    static String segment(String text) {
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            return "%" + text.replace(".", "2E");
        }
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point < 0x20 || point == 0x7f || point == '\\' || point == '/' || isSurrogate(point)) {
                encode(point, safe);
            } else {
                safe.appendCodePoint(point);
            }
        });
        String name = isPath(safe.toString()) ? safe.toString() : ascii(text);
        return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES ? name : shortened(name, text);
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private static void encode(int point, StringBuilder out) {
        byte[] bytes = new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8);
        for (byte one : bytes) {
            out.append(String.format(Locale.ROOT, "%%%02X", one & 0xff));
        }
    }

    private static String ascii(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point < 0x20 || point > 0x7e || point == '\\' || point == '/') {
                encode(point, plain);
            } else {
                plain.appendCodePoint(point);
            }
        });
        return plain.toString();
    }

    private static boolean isPath(String name) {
        try {
            return Path.of(name).getNameCount() == 1;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** The start of a long name, a part of its hash, and its ending. */
    private static String shortened(String name, String whole) {
        String ending = ending(name);
        StringBuilder start = new StringBuilder();
        int bytes = 0;
        for (int point : name.codePoints().toArray()) {
            bytes += new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > LONGEST_BYTES / 2) {
                break;
            }
            start.appendCodePoint(point);
        }
        return start + "~" + hash(whole) + ending;
    }

    private static String marked(String name, String uri) {
        String ending = ending(name);
        return name.substring(0, name.length() - ending.length()) + "~" + hash(uri) + ending;
    }

    /** From the first dot of the last two that could be extensions, such as {@code .csv.gz}; empty if there is none. */
    private static String ending(String name) {
        Matcher found = ENDING.matcher(name);
        return found.find() && found.start() > 0 ? found.group() : "";
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
