package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.json.Json;

class DataFilesTest {
    @TempDir
    private Path folder;

    private String photos = "";

    @BeforeEach
    void make() throws IOException {
        Path data = Files.createDirectories(folder.resolve("photos"));
        photos = data.toString();
        Files.writeString(data.resolve("a.jpg"), "a");
        Files.writeString(data.resolve("b.jpg"), "b");
    }

    private CommandRun data(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "data";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandRun.of(folder.resolve("home"), all);
    }

    @Test
    void files_are_added_compared_and_brought_back() throws IOException {
        assertThat(data("status", photos).exit()).isEqualTo(2);
        CommandRun first = data("add", photos, "--json");
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.text("table")).isEqualTo("raw/photos.files");
        Files.writeString(Path.of(photos, "a.jpg"), "changed");
        assertThat(data("status", photos).out()).contains("~ a.jpg").doesNotContain("b.jpg");
        assertThat(data("add", photos).out()).contains("+0 ~1 -0");
        assertThat(data("add", photos).out()).contains("nothing changed");
        String before = "photos@" + first.text("version");
        CommandRun back =
                data("checkout", before, "--to", folder.resolve("back").toString(), "--json");
        assertThat(back.number("written")).isEqualTo(2);
        assertThat(folder.resolve("back/a.jpg")).hasContent("a");
        assertThat(data("checkout", "photos", "--to", folder.resolve("back").toString())
                        .exit())
                .isEqualTo(3);
        assertThat(data("checkout", "photos", "--to", folder.resolve("back").toString(), "--force")
                        .exit())
                .isZero();
        assertThat(folder.resolve("back/a.jpg")).hasContent("changed");
        assertThat(data("diff", "photos.files", first.text("version"), "--key", "path")
                        .out())
                .contains("0 added, 0 removed, 1 changed");
    }

    @Test
    void exports_for_dvc_say_what_they_wrote() {
        data("add", photos);
        CommandRun exported =
                data("export", "photos", "--dvc", folder.resolve("out").toString(), "--json");
        assertThat(exported.exit()).as(exported.err()).isZero();
        Json.Obj one = (Json.Obj) ((Json.Arr) exported.at("exported")).items().get(0);
        assertThat(Path.of(((Json.Str) one.members().get("pointer")).value())).exists();
        assertThat(folder.resolve("out/photos/b.jpg")).hasContent("b");
        assertThat(data("export", "photos", "--dvc", folder.resolve("out").toString())
                        .exit())
                .isZero();
        assertThat(data("export", "photos@none", "--dvc", folder.toString()).exit())
                .isEqualTo(2);
        assertThat(data("export", "photos", "--dvc", folder.toString(), "--format", "xls")
                        .exit())
                .isEqualTo(2);
        assertThat(data("add", photos, "--link", "--no-store").exit()).isEqualTo(2);
    }
}
