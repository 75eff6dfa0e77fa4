package tatara.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.json.Json;
import tatara.core.port.Change;

/** Records as Debezium and Kafka Connect's JsonConverter write them. */
final class DebeziumFormatTest {
    private static final String SOURCE = """
            {"version":"3.6.3.Final","connector":"postgresql","name":"shop","ts_ms":1559033904863,"snapshot":"false",
             "db":"shop","sequence":"[\\"24023119\\",\\"24023128\\"]","schema":"public","table":"customers","txId":556,"lsn":24023128,"xmin":null}""";

    /** The schema of an envelope, as far as it says what values mean. */
    private static final String SCHEMA = """
            {"type":"struct","optional":false,"name":"shop.public.customers.Envelope","fields":[
              {"type":"struct","optional":true,"field":"before","name":"shop.public.customers.Value","fields":[%1$s]},
              {"type":"struct","optional":true,"field":"after","name":"shop.public.customers.Value","fields":[%1$s]},
              {"type":"struct","optional":false,"field":"source","name":"io.debezium.connector.postgresql.Source","fields":[]},
              {"type":"string","optional":false,"field":"op"},
              {"type":"int64","optional":true,"field":"ts_ms"}]}""".formatted("""
                            {"type":"int32","optional":false,"field":"id"},
                            {"type":"int32","optional":true,"name":"io.debezium.time.Date","version":1,"field":"born"},
                            {"type":"int64","optional":true,"name":"io.debezium.time.MicroTimestamp","version":1,"field":"seen"},
                            {"type":"int64","optional":true,"name":"io.debezium.time.Timestamp","version":1,"field":"made"},
                            {"type":"int64","optional":true,"name":"io.debezium.time.NanoTimestamp","version":1,"field":"exact"},
                            {"type":"int64","optional":true,"name":"io.debezium.time.MicroTime","version":1,"field":"opens"},
                            {"type":"string","optional":true,"name":"io.debezium.time.ZonedTimestamp","version":1,"field":"zoned"},
                            {"type":"bytes","optional":true,"name":"org.apache.kafka.connect.data.Decimal","version":1,
                             "parameters":{"scale":"2","connect.decimal.precision":"38"},"field":"balance"},
                            {"type":"struct","optional":true,"name":"io.debezium.data.VariableScaleDecimal","version":1,"field":"rate",
                             "fields":[{"type":"int32","field":"scale"},{"type":"bytes","field":"value"}]},
                            {"type":"array","optional":true,"items":{"type":"int32","name":"io.debezium.time.Date"},"field":"visits"},
                            {"type":"bytes","optional":true,"field":"photo"},
                            {"type":"string","optional":true,"name":"io.debezium.data.Json","field":"extra"}""");

    private static Reading read(String format, @Nullable String key, @Nullable String value) {
        return new RecordReader(KafkaLocation.of("kafka://h/t?format=" + format)).read(bytes(key), bytes(value));
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static Reading.Row row(@Nullable String key, @Nullable String value) {
        return (Reading.Row) read("auto", key, value);
    }

    private static String envelope(String operation, String before, String after) {
        return "{\"before\":" + before + ",\"after\":" + after + ",\"source\":" + SOURCE + ",\"op\":\"" + operation
                + "\",\"ts_ms\":1559033904999,\"transaction\":null}";
    }

    @ParameterizedTest
    @CsvSource({"c, INSERT", "r, READ", "u, UPDATE"})
    void anEnvelopeGivesTheRowAfterTheChange(String operation, Change.Kind kind) {
        String value = envelope(operation, "null", "{\"id\":1004,\"name\":\"Anne\"}");
        for (String text : new String[] {value, "{\"schema\":" + SCHEMA + ",\"payload\":" + value + "}"}) {
            Reading.Row row = row("{\"id\":1004}", text);
            assertThat(row.kind()).isEqualTo(kind);
            assertThat(row.key()).isEqualTo(Map.of("id", new Json.Num(1004L)));
            assertThat(row.row()).isEqualTo(Map.of("id", new Json.Num(1004L), "name", Json.string("Anne")));
            assertThat(row.at()).contains(Instant.ofEpochMilli(1559033904863L));
        }
    }

    @Test
    void aDeleteIsFollowedByATombstoneOfTheSameKey() {
        String key = """
                {"schema":{"type":"struct","name":"shop.public.customers.Key","optional":false,
                 "fields":[{"type":"int32","optional":false,"field":"id"}]},"payload":{"id":1004}}""";
        Reading.Row deleted = row(key, envelope("d", "{\"id\":1004,\"name\":\"Anne\"}", "null"));
        Reading.Row tombstone = row(key, null);
        assertThat(deleted.kind()).isEqualTo(Change.Kind.DELETE);
        assertThat(deleted.row()).containsEntry("name", Json.string("Anne"));
        assertThat(tombstone)
                .isEqualTo(new Reading.Row(Change.Kind.DELETE, deleted.key(), deleted.key(), Optional.empty()));
    }

    @Test
    void valuesThatTheDatabaseDidNotTellAgainAreLeftOut() {
        String after = "{\"id\":1,\"name\":\"Anne\",\"text\":\"__debezium_unavailable_value\","
                + "\"photo\":\"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==\",\"tags\":[\"__debezium_unavailable_value\"]}";
        Reading.Row updated = row("{\"id\":1}", envelope("u", "null", after));
        assertThat(updated.row()).containsOnlyKeys("id", "name");
        assertThat(updated.unsent()).containsExactly("text", "photo", "tags");
        Reading.Row flat = row("{\"id\":1}", "{\"id\":1,\"text\":\"__debezium_unavailable_value\",\"__op\":\"u\"}");
        assertThat(flat.row()).containsOnlyKeys("id");
        Reading.Row plain = (Reading.Row) read("json", "{\"id\":1}", after);
        assertThat(plain.row()).as("no format of Debezium's").containsKey("text");
    }

    @Test
    void truncatesAndMessagesAreNoRows() {
        assertThat(row(null, "{\"source\":" + SOURCE + ",\"op\":\"t\",\"ts_ms\":1,\"before\":null,\"after\":null}")
                        .kind())
                .isEqualTo(Change.Kind.TRUNCATE);
        assertThat(read(
                        "auto",
                        null,
                        "{\"op\":\"m\",\"ts_ms\":1,\"source\":" + SOURCE
                                + ",\"message\":{\"prefix\":\"p\",\"content\":\"\"}}"))
                .isInstanceOf(Reading.Aside.class);
    }

    @Test
    void theSchemaMakesValuesPlain() {
        String after = """
                {"id":1,"born":-1,"seen":1559033904863123,"made":1559033904863,"exact":1559033904863123456,"opens":28800000000,
                 "zoned":"2019-05-28T08:58:24.863Z","balance":"TMI=","rate":{"scale":3,"value":"+x0="},"visits":[0,1],
                 "photo":"AAE=","extra":"{\\"a\\": 1}"}""";
        Reading.Row row =
                row("{\"id\":1}", "{\"schema\":" + SCHEMA + ",\"payload\":" + envelope("c", "null", after) + "}");
        assertThat(row.row())
                .containsEntry("born", Json.string("1969-12-31"))
                .containsEntry("seen", Json.string("2019-05-28T08:58:24.863123Z"))
                .containsEntry("made", Json.string("2019-05-28T08:58:24.863Z"))
                .containsEntry("exact", Json.string("2019-05-28T08:58:24.863123456Z"))
                .containsEntry("opens", Json.string("08:00"))
                .containsEntry("zoned", Json.string("2019-05-28T08:58:24.863Z"))
                .containsEntry("balance", Json.string("196.50"))
                .containsEntry("rate", Json.string("-1.251"))
                .containsEntry("visits", Json.strings(java.util.List.of("1970-01-01", "1970-01-02")))
                .containsEntry("photo", Json.string("AAE="))
                .containsEntry("extra", Json.string("{\"a\": 1}"));
    }

    @Test
    void flattenedRowsSayBesideTheirColumnsWhetherTheyAreGone() {
        Reading.Row there = row(
                "{\"id\":7}",
                "{\"id\":7,\"name\":null,\"__op\":\"r\",\"__table\":\"customers\",\"__lsn\":5,\"__source_ts_ms\":1559033904863,\"__deleted\":\"false\"}");
        assertThat(there.kind()).isEqualTo(Change.Kind.READ);
        assertThat(there.row()).containsOnlyKeys("id", "name");
        assertThat(there.at()).contains(Instant.ofEpochMilli(1559033904863L));
        Reading.Row gone = row("{\"id\":7}", "{\"id\":7,\"name\":\"B\",\"__deleted\":\"true\"}");
        assertThat(gone.kind()).isEqualTo(Change.Kind.DELETE);
        assertThat(gone.key()).containsOnlyKeys("id");
    }

    @Test
    void plainObjectsAreRowsOfTheirKeys() {
        assertThat(row("00042", "{\"x\":1}").key()).isEqualTo(Map.of("_key", Json.string("00042")));
        assertThat(row("42", "{\"x\":1}").key()).isEqualTo(Map.of("_key", Json.string("42")));
        assertThat(row(null, "{\"x\":1}").kind()).isEqualTo(Change.Kind.INSERT);
        assertThat(row(null, "{\"op\":\"c\",\"x\":1}").row()).containsKeys("op", "x");
        RecordReader named = new RecordReader(KafkaLocation.of("kafka://h/t?key-columns=id"));
        Reading.Row row = (Reading.Row) named.read(bytes("42"), bytes("{\"id\":42,\"x\":1}"));
        Reading.Row gone = (Reading.Row) named.read(bytes("42"), null);
        assertThat(row.key()).isEqualTo(Map.of("id", new Json.Num(42L))).isEqualTo(gone.key());
        assertThat(named.read(null, bytes("{\"x\":1}"))).isInstanceOf(Reading.Unreadable.class);
        assertThat(((Reading.Row) read("json", "k", envelope("c", "null", "{}"))).row())
                .containsKey("op");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1]",
                "12",
                "\"text\"",
                "{\"a\":NaN}",
                "{\"a\":1}{\"a\":2}",
                "\u0000\u0000\u0000\u0000\u0007\u0002\u0006abc",
                "{\"before\":null,\"after\":null,\"op\":\"u\"}",
                "{\"before\":null,\"after\":null,\"op\":\"d\"}"
            })
    void whatIsNoRowIsSaidToBeNone(String value) {
        assertThat(read("auto", null, value)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void framesOfASchemaRegistryAreNamed() {
        assertThat(read("auto", null, "\u0000\u0000\u0000\u0000\u0007\u0002\u0006abc"))
                .asString()
                .contains("schema 7")
                .contains("Avro");
        assertThat(row(null, "\u0000\u0000\u0000\u0000\u0007{\"x\":1}").row()).containsKey("x");
        assertThat(new RecordReader(KafkaLocation.of("kafka://h/t")).read(null, new byte[] {'"', (byte) 0xC3, '"'}))
                .isEqualTo(new Reading.Unreadable("not text in UTF-8"));
        assertThat(read("debezium", "1", "{\"x\":1}")).isInstanceOf(Reading.Unreadable.class);
    }
}
