package tatara.data.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.PersonalData;
import tatara.core.evidence.PersonalData.Kind;
import tatara.core.evidence.PersonalData.Place;
import tatara.core.evidence.TableProfile;
import tatara.core.spec.DataArgument;
import tatara.data.lake.Lake;
import tatara.data.profile.Profiler;
import tatara.data.source.Ingested;
import tatara.data.source.Ingestion;
import tatara.data.source.SourceTable;
import tatara.data.source.Sources;

class PersonalDataFinderTest {
    private static final int ROWS = 300;

    private final SplittableRandom random = new SplittableRandom(7);

    @TempDir
    Path directory;

    /** A column with values of one kind. */
    private record Made(String name, Kind kind, Supplier<String> value) {}

    private String digits(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(random.nextInt(10));
        }
        return text.toString();
    }

    private String pick(String words) {
        String[] all = words.split(" ");
        return all[random.nextInt(all.length)];
    }

    private String first() {
        return pick(
                "Anna Bob Carla David Elena Frank Grace Hiroshi Ivan Julia Quillon Zephyrine Kenji Laura Mohammed Priya Oskary");
    }

    private String last() {
        return pick(
                "Smith Müller Tanaka Garcia Brown Rossi Dubois Kowalski Nguyen Whitlocke Ashdowne O'Neilly Singh Hansen Quist");
    }

    private String card() {
        String body = pick("4 51 55 2221 6011") + digits(15);
        String start = body.substring(0, 15);
        for (int check = 0; check < 10; check++) {
            if (CheckDigits.luhn(start + check)) {
                return start + check;
            }
        }
        throw new IllegalStateException();
    }

    private String iban() {
        String account = digits(18);
        int check = 98 - CheckDigits.remainder(account + "DE00", 97);
        return "DE" + String.format(Locale.ROOT, "%02d", check) + account;
    }

    private String cpf() {
        String nine = digits(9);
        for (int rest = 0; rest < 100; rest++) {
            String all = nine + String.format(Locale.ROOT, "%02d", rest);
            int one = CheckDigits.weighted(all, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
            int two = CheckDigits.weighted(all, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
            if (all.charAt(9) - '0' == one && all.charAt(10) - '0' == two) {
                return all;
            }
        }
        throw new IllegalStateException();
    }

    private String myNumber() {
        String eleven = digits(11);
        int rest = CheckDigits.weighted(eleven, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return eleven + (rest <= 1 ? 0 : 11 - rest);
    }

    private List<Made> personal() {
        return List.of(
                new Made(
                        "contact",
                        Kind.EMAIL,
                        () -> first().toLowerCase(Locale.ROOT) + digits(3) + "@mail" + digits(2) + ".example.org"),
                new Made("c1", Kind.PHONE, () -> "+49 " + (100 + random.nextInt(900)) + " " + digits(7)),
                new Made(
                        "c2",
                        Kind.PHONE,
                        () -> "(" + (200 + random.nextInt(700)) + ") " + (200 + random.nextInt(700)) + "-" + digits(4)),
                new Made("c3", Kind.PHONE, () -> "03-" + (1000 + random.nextInt(9000)) + "-" + digits(4)),
                new Made("mobile_phone", Kind.PHONE, () -> "0" + (7 + random.nextInt(2)) + digits(9)),
                new Made("c4", Kind.PAYMENT_CARD, this::card),
                new Made("c5", Kind.BANK_ACCOUNT, this::iban),
                new Made(
                        "c6",
                        Kind.NATIONAL_ID,
                        () -> (100 + random.nextInt(500)) + "-" + (10 + random.nextInt(80)) + "-"
                                + (1000 + random.nextInt(9000))),
                new Made("c7", Kind.NATIONAL_ID, this::cpf),
                new Made("c8", Kind.NATIONAL_ID, this::myNumber),
                new Made(
                        "c9",
                        Kind.IP_ADDRESS,
                        () -> (1 + random.nextInt(223)) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                                + random.nextInt(256)),
                new Made("who", Kind.NAME, () -> first() + " " + last()),
                new Made("customer_name", Kind.NAME, () -> last() + ", " + first()),
                new Made("first_name", Kind.NAME, this::first),
                new Made("surname", Kind.NAME, this::last),
                new Made(
                        "home",
                        Kind.ADDRESS,
                        () -> (1 + random.nextInt(999)) + " " + last() + " " + pick("Street Ave. Road Lane")),
                new Made(
                        "adresse",
                        Kind.ADDRESS,
                        () -> last() + pick("straße weg gasse") + " " + (1 + random.nextInt(150))),
                new Made(
                        "date_of_birth",
                        Kind.BIRTH_DATE,
                        () -> (1940 + random.nextInt(60)) + "-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10)),
                new Made(
                        "latitude",
                        Kind.LOCATION,
                        () -> (35 + random.nextInt(10)) + "." + (10000 + random.nextInt(90000))),
                new Made("c10", Kind.GENDER, () -> pick("male female")));
    }

    /** Columns that look a little like personal data and are none. */
    private List<Made> others() {
        int[] row = {0};
        return List.of(
                new Made("id", Kind.NAME, () -> Integer.toString(1_000_000_000 + row[0]++)),
                new Made("order_number", Kind.NAME, () -> digits(16).replaceFirst("^.", "4")),
                new Made("account", Kind.NAME, () -> "9" + digits(11)),
                new Made("price", Kind.NAME, () -> random.nextInt(100) + "." + digits(2)),
                new Made("reading", Kind.NAME, () -> random.nextInt(90) + "." + digits(5)),
                new Made("stamp", Kind.NAME, () -> Long.toString(1_600_000_000L + random.nextInt(100_000_000))),
                new Made("millis", Kind.NAME, () -> Long.toString(1_600_000_000_000L + random.nextInt(1_000_000_000))),
                new Made(
                        "day",
                        Kind.NAME,
                        () -> "0" + (1 + random.nextInt(9)) + "-0" + (1 + random.nextInt(9)) + "-2024"),
                new Made(
                        "version",
                        Kind.NAME,
                        () -> random.nextInt(9) + "." + random.nextInt(20) + "." + random.nextInt(9) + "."
                                + random.nextInt(30)),
                new Made("code", Kind.NAME, () -> pick("AB CD EF") + "-" + digits(3) + "-" + digits(4)),
                new Made("isbn", Kind.NAME, () -> "978" + digits(10)),
                new Made("uuid", Kind.NAME, () -> java.util
                        .UUID
                        .nameUUIDFromBytes(digits(9).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString()),
                new Made(
                        "city",
                        Kind.NAME,
                        () -> pick(
                                "Austin Madison Charlotte Paris Florence Lincoln Jackson Houston Berlin Kyoto Lyon Leeds")),
                new Made(
                        "state",
                        Kind.NAME,
                        () -> pick("Virginia Georgia Texas Ohio Montana Nevada Carolina Dakota Utah Iowa")),
                new Made(
                        "company",
                        Kind.NAME,
                        () -> last() + " " + pick("Inc GmbH Brewing Group Holdings") + " " + pick("West East")),
                new Made(
                        "product",
                        Kind.NAME,
                        () -> pick("Red Blue Green Large Small") + " " + pick("Chair Table Lamp Rose Violet") + " "
                                + digits(2)),
                new Made(
                        "title",
                        Kind.NAME,
                        () -> pick("Forrest Annie Leon Rocky The Amelie") + " "
                                + pick("Gump Hall Returns Balboa Begins")),
                new Made("weekday", Kind.NAME, () -> pick("Monday Tuesday Friday April June May")),
                new Made("sex_ratio", Kind.NAME, () -> "0." + digits(3)),
                new Made("birth_weight", Kind.NAME, () -> Integer.toString(2000 + random.nextInt(2500))),
                new Made("size", Kind.NAME, () -> pick("S M L XL")));
    }

    private List<PersonalData> find(List<Made> columns) throws Exception {
        StringBuilder text = new StringBuilder(
                String.join("\t", columns.stream().map(Made::name).toList()) + "\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(String.join(
                            "\t",
                            columns.stream().map(made -> made.value().get()).toList()))
                    .append('\n');
        }
        return find(text.toString());
    }

    private List<PersonalData> find(String table) throws Exception {
        Path file = Files.writeString(directory.resolve("people.tsv"), table);
        Sources sources = new Sources(directory.resolve("cache"));
        try (Lake lake = Lake.open(directory.resolve("home"), 512, 2)) {
            SourceTable source = sources.discover(List.of(new DataArgument("", file.toString())))
                    .get(0);
            Ingested ingested = new Ingestion(lake, directory.resolve("cache")).ingest(source, "test");
            TableProfile profile = new Profiler(lake).profile("people", ingested.raw(), ingested.audit());
            return new PersonalDataFinder(lake).find(profile);
        }
    }

    @Test
    void everyKindIsFoundByItsValues() throws Exception {
        List<Made> columns = personal();
        List<PersonalData> found = find(columns);
        List<String> missed = new ArrayList<>();
        for (Made made : columns) {
            boolean hit = found.stream().anyMatch(one -> one.column().equals(made.name()) && one.kind() == made.kind());
            if (!hit) {
                missed.add(made.name() + " " + made.kind());
            }
        }
        assertThat(missed).isEmpty();
        assertThat(found).as("one kind a column").hasSize(columns.size());
    }

    @Test
    void whatOnlyLooksLikeItIsNotFound() throws Exception {
        assertThat(find(others())).isEmpty();
    }

    @Test
    void textsThatMentionPersonalDataAreToldApartFromColumnsOfIt() throws Exception {
        StringBuilder text = new StringBuilder("note\tid\n");
        for (int i = 0; i < 200; i++) {
            String mention = i % 20 == 0
                    ? "please write to someone" + i + "@example.com or call +44 20 7946 0" + (100 + i)
                    : "all was fine with order number " + digits(16);
            text.append("customer said today: " + mention + "\t" + i + "\n");
        }
        List<PersonalData> found = find(text.toString());
        assertThat(found).extracting(PersonalData::kind).containsExactlyInAnyOrder(Kind.EMAIL, Kind.PHONE);
        assertThat(found).allMatch(one -> one.place() == Place.WITHIN_TEXT && !one.isIdentifying());
    }

    @Test
    void noValueOfAPersonStandsInTheEvidence() throws Exception {
        String table = "mail\tn\n"
                + String.join(
                        "\n",
                        List.of(
                                "a.person@secret.example\t1",
                                "b@secret.example\t2",
                                "c@secret.example\t3",
                                "d@secret.example\t4"));
        List<PersonalData> found = find(table);
        assertThat(found).hasSize(1);
        assertThat(found.toString()).doesNotContain("secret.example");
    }
}
