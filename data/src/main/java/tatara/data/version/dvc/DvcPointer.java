package tatara.data.version.dvc;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.YamlText;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.StorageFailure;

/**
 * A {@code .dvc} file with one output (dvc.org, ".dvc files"). {@code hash: md5} marks the hashes of DVC 3, over the bytes as they are; DVC 2 hashed
 * texts with their line ends changed.
 *
 * @param md5 with the ending {@code .dir} for a folder
 * @param bytes size of the file, or of all files of the folder
 * @param files how many files a folder has; empty for a file
 * @param path from the folder of the {@code .dvc} file, or of its {@code wdir}
 * @param meta what others than DVC say of it
 */
record DvcPointer(String md5, long bytes, OptionalLong files, String path, Map<String, Json> meta) {
    private static final String MD5 = "[0-9a-f]{32}(\\.dir)?";

    DvcPointer {
        meta = new LinkedHashMap<>(meta);
    }

    boolean isFolder() {
        return md5.endsWith(".dir");
    }

    String text() {
        Map<String, Json> out = new LinkedHashMap<>();
        out.put("md5", new Json.Str(md5));
        out.put("size", new Json.Num(bytes));
        files.ifPresent(count -> out.put("nfiles", new Json.Num(count)));
        out.put("hash", new Json.Str("md5"));
        out.put("path", new Json.Str(path));
        Map<String, Json> document = new LinkedHashMap<>();
        document.put("outs", new Json.Arr(List.of(new Json.Obj(out))));
        if (!meta.isEmpty()) {
            document.put("meta", new Json.Obj(meta));
        }
        return YamlText.write(new Json.Obj(document));
    }

    void write(Path file) {
        try {
            AtomicFile.write(file, text());
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    /** @throws TataraException {@code POINTER_UNUSABLE} */
    static DvcPointer read(Path file) {
        Json document;
        try {
            document = YamlText.read(file.toString(), Files.readString(file)).root();
        } catch (CharacterCodingException e) {
            throw unusable(file, "it is not text");
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
        if (!(document instanceof Json.Obj object
                && object.find("outs").orElse(Json.NULL) instanceof Json.Arr outs
                && !outs.items().isEmpty()
                && outs.items().get(0) instanceof Json.Obj out)) {
            throw unusable(file, "it has no outs");
        }
        if (outs.items().size() > 1) {
            throw unusable(file, "it has " + outs.items().size() + " outs");
        }
        if (!text(out, "hash").equals("md5")) {
            throw unusable(file, "its hashes are not those of DVC 3 (hash: md5)");
        }
        String folder = text(object, "wdir");
        String path = text(out, "path");
        if (path.isEmpty() || !text(out, "md5").matches(MD5)) {
            throw unusable(file, "its out has no path or no md5");
        }
        return new DvcPointer(
                text(out, "md5"),
                number(out, "size").orElse(-1),
                number(out, "nfiles"),
                folder.isEmpty() ? path : folder + "/" + path,
                Map.of());
    }

    private static String text(Json.Obj object, String key) {
        return object.find(key).orElse(Json.NULL) instanceof Json.Str text ? text.value() : "";
    }

    private static OptionalLong number(Json.Obj object, String key) {
        return object.find(key).orElse(Json.NULL) instanceof Json.Num number
                ? OptionalLong.of(number.value().longValue())
                : OptionalLong.empty();
    }

    private static TataraException unusable(Path file, String why) {
        return new TataraException(
                DvcErrorCode.POINTER_UNUSABLE,
                Fault.of("the .dvc file cannot be used: " + why)
                        .at(file.toString())
                        .expecting("one file or folder, tracked with DVC 3")
                        .todo("Track it anew (dvc add), or give the data itself"));
    }
}
