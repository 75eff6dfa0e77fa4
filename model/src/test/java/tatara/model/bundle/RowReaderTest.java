package tatara.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tatara.core.error.ErrorType;
import tatara.core.error.TataraException;
import tatara.core.frame.Frame;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.spec.Task;

class RowReaderTest {
    private final ModelBundle bundle = SampleBundles.of(Task.BINARY);
    private final RowReader reader = new RowReader(bundle.signature());

    private Frame rows(String... texts) {
        List<Json.Obj> rows = new ArrayList<>();
        for (String text : texts) {
            rows.add((Json.Obj) JsonText.read("row", text));
        }
        return reader.rows(rows);
    }

    @Test
    void valuesOfEveryTypeAreRead() {
        Frame frame = rows(
                "{\"plan\": 3, \"amount\": 12.5, \"active\": true, \"signup\": \"2024-01-01\"}",
                "{\"plan\": \" 3\", \"amount\": \"$12.5\", \"other\": {\"deep\": []}}",
                "{\"plan\": null, \"amount\": null, \"signup\": null, \"active\": \"no\"}",
                "{\"plan\": 12345678901234567890, \"amount\": 1e999, \"signup\": 5, \"active\": 1}",
                "{\"plan\": true, \"amount\": false}");
        TextColumn plan = (TextColumn) frame.column("plan");
        assertThat(plan.value(0)).isEqualTo("3").isEqualTo(plan.value(1));
        assertThat(plan.value(2)).isNull();
        assertThat(plan.value(4)).isEqualTo("true");
        assertThat(((NumberColumn) frame.column("amount")).values())
                .containsExactly(12.5, 12.5, Double.NaN, Double.NaN, 0);
        TextColumn active = (TextColumn) frame.column("active");
        assertThat(active.value(0)).isEqualTo("true").isEqualTo(active.value(3));
        assertThat(active.value(2)).isEqualTo("false");
        assertThat(frame.column("signup").isMissing(0)).isFalse();
        assertThat(bundle.predict(frame).rows()).isEqualTo(5);
    }

    @Test
    void anAbsentRequiredKeyIsNamedWithItsRow() {
        assertThatThrownBy(() -> rows("{\"plan\": 1}"))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code().type()).isEqualTo(ErrorType.USER))
                .hasMessageContaining("'amount'");
        assertThatThrownBy(() -> rows("{\"plan\": 1, \"amount\": 1}", "{\"plan\": 1}"))
                .hasMessageContaining("'amount'")
                .hasMessageContaining("row 1");
    }

    @Test
    void nestedValuesAreRefused() {
        assertThatThrownBy(() -> rows("{\"plan\": 1, \"amount\": 1}", "{\"plan\": {\"a\": 1}, \"amount\": 1}"))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(BundleErrorCode.WRONG_VALUE))
                .hasMessageContaining("'plan'")
                .hasMessageContaining("row 1");
        assertThatThrownBy(() -> rows("{\"plan\": 1, \"amount\": [1]}")).hasMessageContaining("an array");
    }

    @Test
    void noRowsAreNoRows() {
        assertThat(rows().rows()).isZero();
    }
}
