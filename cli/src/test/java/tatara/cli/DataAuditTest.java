package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataAuditTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void aDatabaseAndAFileAreAuditedAndNothingIsLeft() throws Exception {
        Path database = directory.resolve("shop.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY, mail TEXT)");
            statement.execute(
                    "CREATE TABLE orders (no INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (id))");
            for (int i = 1; i <= 40; i++) {
                statement.execute("INSERT INTO customers VALUES (" + (1000 + i) + ", 'someone" + i + "@example.org')");
                statement.execute("INSERT INTO orders VALUES (" + i + ", " + (1000 + i) + ")");
            }
        }
        StringBuilder log = new StringBuilder("shop,day,sold\n");
        for (int shop = 1; shop <= 6; shop++) {
            for (int day = 1; day <= 9; day++) {
                log.append("S" + shop + ",2024-01-0" + day + "," + (shop * day % 5) + "\n");
            }
        }
        Path file = Files.writeString(directory.resolve("sales.csv"), log);
        String home = directory.resolve("home").toString();
        int code = run("data", "audit", "sqlite://" + database, file.toString(), "--home", home, "--json");
        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("\"kind\" : \"email\"")
                .contains("customer_id -> customers (id)")
                .contains("\"format\" : \"database\"")
                .contains("\"format\" : \"csv\"")
                .doesNotContain("someone1@");
        assertThat(out.toString().replaceAll("\\s+", " ")).contains("[ \"shop\", \"day\" ]");
        try (Stream<Path> left = Files.list(Path.of(home, "cache"))) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("audit-"));
        }
    }

    @Test
    void aPasswordInTheLocationIsRefusedAndNotShown() {
        assertThat(run("data", "audit", "postgresql://u:hunter2@h/db", "--home", directory.toString()))
                .isEqualTo(2);
        assertThat(out.toString() + err).doesNotContain("hunter2").contains("env:");
    }
}
