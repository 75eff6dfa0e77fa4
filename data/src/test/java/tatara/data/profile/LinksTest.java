package tatara.data.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.TableProfile;

class LinksTest {
    @TempDir
    Path home;

    private Tables tables;

    @BeforeEach
    void open() {
        tables = new Tables(home);
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private List<ColumnLink> find(TableProfile... profiles) {
        return new Links(tables.lake()).find(List.of(profiles));
    }

    @Test
    void foreignKeysByValueAndName() {
        TableProfile customers = tables.table("customers")
                .with("id", 200, i -> Integer.toString(i + 1))
                .with("age", 200, i -> Integer.toString(20 + i % 50))
                .profile();
        TableProfile payments = tables.table("payments")
                .with("payment_id", 600, i -> Integer.toString(i + 1))
                .with("customer_id", 600, i -> Integer.toString(1 + i * 7 % 200))
                .with("count", 600, i -> Integer.toString(1 + i % 9))
                .profile();
        assertThat(find(customers, payments))
                .containsExactly(new ColumnLink("payments", "customer_id", "customers", "id", 1.0));
    }

    @Test
    void textKeysNeedNoName() {
        TableProfile products = tables.table("products")
                .with("sku", 100, i -> "SKU-" + (7000 + i * 3))
                .with("label", 100, i -> "thing" + i % 7)
                .profile();
        TableProfile lines = tables.table("lines")
                .with("article", 500, i -> i == 3 ? "SKU-0" : "SKU-" + (7000 + i * 11 % 100 * 3))
                .with("note", 500, i -> "thing" + i % 7)
                .profile();
        List<ColumnLink> links = find(products, lines);
        assertThat(links).hasSize(1);
        assertThat(links.get(0).column()).isEqualTo("article");
        assertThat(links.get(0).toColumn()).isEqualTo("sku");
        assertThat(links.get(0).coverage()).isBetween(0.95, 0.999);
    }

    @Test
    void smallNumbersMatchByAccident() {
        TableProfile stores = tables.table("stores")
                .with("number", 60, i -> Integer.toString(i + 1))
                .with("city", 60, i -> "city" + i % 30)
                .profile();
        TableProfile sales = tables.table("sales")
                .with("week", 300, i -> Integer.toString(1 + i % 52))
                .with("pieces", 300, i -> Integer.toString(1 + i % 40))
                .profile();
        assertThat(find(stores, sales)).isEmpty();
    }

    @Test
    void floatsOfWholeNumbersAreTheSameKey() {
        TableProfile users = tables.table("users")
                .with("user_id", 120, i -> Integer.toString(5000 + i * 17))
                .profile();
        TableProfile visits = tables.table("visits")
                .with("user_id", 400, i -> i % 10 == 0 ? "" : (5000 + i % 120 * 17) + ".0")
                .profile();
        assertThat(find(users, visits)).containsExactly(new ColumnLink("visits", "user_id", "users", "user_id", 1.0));
    }
}
