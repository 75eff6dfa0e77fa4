package tatara.data.profile;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a column's name hints at. A name never decides alone. */
final class ColumnName {
    private static final Pattern BREAK =
            Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
    private static final Set<String> IDENTITY = Set.of(
            "id", "ids", "uuid", "guid", "key", "pk", "rowid", "pid", "uid", "ssn", "iban", "isbn", "vin", "imei");
    private static final Set<String> NUMBERING = Set.of(
            "number",
            "no",
            "num",
            "nr",
            "index",
            "idx",
            "row",
            "serial",
            "code",
            "ref",
            "reference",
            "sequence",
            "seq");
    private static final Set<String> NAMED_THINGS = Set.of(
            "user",
            "customer",
            "client",
            "order",
            "session",
            "transaction",
            "passenger",
            "account",
            "member",
            "person",
            "patient",
            "employee",
            "product",
            "item",
            "device",
            "visit",
            "ride",
            "trip",
            "loan",
            "policy",
            "claim",
            "case",
            "event",
            "record",
            "row",
            "txn",
            "cust",
            "acct",
            "store",
            "student",
            "invoice",
            "ticket",
            "listing",
            "house");
    private static final Set<String> CODES = Set.of(
            "zip", "zipcode", "postcode", "postal", "phone", "telephone", "mobile", "fax", "fips", "barcode", "ean");
    private static final Set<String> TIMES =
            Set.of("time", "date", "datetime", "timestamp", "ts", "epoch", "at", "when", "created", "updated", "day");
    private static final Set<String> AFTERWARDS = Set.of(
            "cancel",
            "cancelled",
            "canceled",
            "cancellation",
            "churned",
            "outcome",
            "result",
            "closed",
            "closing",
            "closure",
            "resolution",
            "resolved",
            "settled",
            "settlement",
            "terminated",
            "termination",
            "exit",
            "discharge",
            "death",
            "died",
            "final",
            "label",
            "predicted",
            "prediction",
            "chargeoff",
            "recovered",
            "recovery",
            "reason",
            "ended",
            "end",
            "left",
            "leaving",
            "attrition",
            "refunded",
            "refund",
            "payout");

    private final List<String> words;

    ColumnName(String name) {
        words = Stream.of(BREAK.split(name))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    List<String> words() {
        return words;
    }

    private String last() {
        return words.isEmpty() ? "" : words.get(words.size() - 1);
    }

    /** {@code id}, {@code customerID}, {@code userid}, {@code row_key}. */
    boolean saysIdentity() {
        String last = last();
        return IDENTITY.contains(last)
                || (words.size() > 1 && IDENTITY.contains(words.get(0)) && !last.equals("type"))
                || NAMED_THINGS.stream().anyMatch(thing -> last.equals(thing + "id"));
    }

    /** Also {@code PolicyNumber} and {@code row}. */
    boolean saysNumbering() {
        return saysIdentity() || NUMBERING.contains(last());
    }

    boolean saysCode() {
        return words.stream().anyMatch(CODES::contains);
    }

    boolean saysTime() {
        return words.stream().anyMatch(TIMES::contains);
    }

    /** A word for what is known only once the story is over. */
    boolean saysAfterwards() {
        return words.stream().anyMatch(AFTERWARDS::contains);
    }

    boolean says(String word) {
        return words.contains(word);
    }
}
