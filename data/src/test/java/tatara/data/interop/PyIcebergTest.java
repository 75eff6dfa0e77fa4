package tatara.data.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.data.lake.Lake;

@Tag("slow")
class PyIcebergTest {
    @TempDir
    private Path folder;

    @Test
    void every_version_of_a_table_reads_the_same() throws Exception {
        Path home = folder.resolve("a home with spaces");
        Map<String, TableRef> versions;
        Path list;
        try (Lake lake = Lake.open(home, 300, 2)) {
            versions = Past.make(lake);
            list = Past.write(lake, versions, folder.resolve("expected"));
        }
        Path python = Peer.python("pyiceberg-0.12.0", "pyiceberg[sql-sqlite,pyarrow]==0.12.0");
        Path script = Peer.resource("read_pyiceberg.py", folder.resolve("read_pyiceberg.py"));
        Peer.Output output = Peer.run(
                folder,
                Map.of(),
                python.resolve("python").toString(),
                script.toString(),
                home.resolve("lake").toString(),
                Past.IDENTIFIER,
                list.toString());
        assertThat(output.exit()).as(output.err()).isZero();
        int compared = 0;
        for (String line : output.out().lines().toList()) {
            Json.Obj found = (Json.Obj) JsonText.read("line", line);
            if (found.find("rows").isPresent()) {
                assertThat(found.find("wrong")).as(line).contains(new Json.Arr(java.util.List.of()));
                assertThat(found.find("rows")).as(line).isEqualTo(found.find("expected"));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(versions.size() + 3);
        assertThat(output.out())
                .contains("\"first\": [\"tag\", \"" + versions.get("append").snapshot() + "\"]")
                .contains("\"trial\": [\"branch\", \""
                        + versions.get("append on a branch").snapshot() + "\"]")
                .contains("\"tables\": [\"raw.shop.orders\"]");
    }
}
