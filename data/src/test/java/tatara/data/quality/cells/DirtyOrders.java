package tatara.data.quality.cells;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;

/** Orders of customers, clean, with errors of known kinds put in. */
final class DirtyOrders {
    static final List<String> COLUMNS = List.of(
            "order",
            "customer",
            "name",
            "city",
            "zip",
            "state",
            "phone",
            "product",
            "price",
            "quantity",
            "day",
            "note");
    private static final String[] FIRST = {
        "Anna", "Boris", "Clara", "David", "Elena", "Frank", "Greta", "Henry", "Irene", "Jonas", "Karin", "Lukas"
    };
    private static final String[] LAST = {
        "Berger", "Coleman", "Dietrich", "Eastwood", "Fischer", "Gonzalez", "Hoffman", "Ivanov", "Johnson", "Kowalski"
    };
    private static final String[][] CITIES = {
        {"Springfield", "IL"}, {"Riverside", "CA"}, {"Georgetown", "TX"}, {"Fairview", "OR"}, {"Madison", "WI"},
        {"Arlington", "VA"}, {"Franklin", "TN"}, {"Clinton", "MS"}, {"Greenville", "SC"}, {"Bristol", "CT"}
    };
    private static final String[] PRODUCTS = {
        "copper kettle", "oak table", "garden chair", "desk lamp", "wool blanket", "paper basket", "glass bowl"
    };
    private static final String[] WORDS = {
        "please",
        "deliver",
        "before",
        "noon",
        "ring",
        "twice",
        "leave",
        "with",
        "neighbour",
        "gift",
        "wrapped",
        "fragile"
    };

    final String[][] clean;
    final String[][] dirty;
    private final RandomGenerator random;

    DirtyOrders(int rows, long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        clean = new String[rows][];
        String[][] customers = new String[Math.max(5, rows / 15)][];
        for (int i = 0; i < customers.length; i++) {
            int city = random.nextInt(CITIES.length);
            customers[i] = new String[] {
                "C" + (1000 + i),
                pick(FIRST) + " " + pick(LAST),
                CITIES[city][0],
                String.valueOf(20_000 + 731 * city + random.nextInt(4)),
                CITIES[city][1],
                String.format("%03d-%03d-%04d", 200 + city, random.nextInt(1000), random.nextInt(10_000))
            };
        }
        for (int row = 0; row < rows; row++) {
            String[] customer = customers[random.nextInt(customers.length)];
            int product = random.nextInt(PRODUCTS.length);
            String price = String.format(Locale.ROOT, "%.2f", 9.5 + 13.25 * product);
            String day = String.format("2024-%02d-%02d", 1 + random.nextInt(12), 1 + random.nextInt(28));
            String note = pick(WORDS) + " " + pick(WORDS) + " " + pick(WORDS);
            clean[row] = new String[] {
                String.valueOf(500_000 + row),
                customer[0],
                customer[1],
                customer[2],
                customer[3],
                customer[4],
                customer[5],
                PRODUCTS[product],
                price,
                String.valueOf(1 + random.nextInt(20)),
                day,
                note
            };
        }
        dirty = new String[rows][];
        for (int row = 0; row < rows; row++) {
            dirty[row] = clean[row].clone();
        }
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }

    /** How a cell goes wrong. */
    interface Fault {
        String apply(String right, RandomGenerator random);
    }

    /** Puts a fault into a share of a column's cells. */
    DirtyOrders with(String column, double share, Fault fault) {
        int at = COLUMNS.indexOf(column);
        for (String[] row : dirty) {
            if (random.nextDouble() < share) {
                row[at] = fault.apply(row[at], random);
            }
        }
        return this;
    }

    /** One character replaced, left out, doubled or exchanged with the next. */
    static String typo(String right, RandomGenerator random) {
        if (right.length() < 2) {
            return right + "q";
        }
        int at = random.nextInt(right.length() - 1);
        String before = right.substring(0, at);
        char letter = (char) ('a' + random.nextInt(26));
        return switch (random.nextInt(4)) {
            case 0 -> before + letter + right.substring(at + 1);
            case 1 -> before + right.substring(at + 1);
            case 2 -> before + letter + right.substring(at);
            default -> before + right.charAt(at + 1) + right.charAt(at) + right.substring(at + 2);
        };
    }

    /** The value of another row. */
    Fault exchanged(String column) {
        int at = COLUMNS.indexOf(column);
        return (right, generator) -> clean[generator.nextInt(clean.length)][at];
    }

    FrameSource source() {
        return source(COLUMNS, dirty, 100_000);
    }

    static FrameSource source(List<String> names, String[][] rows, int batch) {
        Schema schema = new Schema(
                names.stream().map(name -> new Field(name, Kind.TEXT)).toList());
        return new FrameSource() {
            @Override
            public Schema schema() {
                return schema;
            }

            @Override
            public long rows() {
                return rows.length;
            }

            @Override
            public void forEach(java.util.function.Consumer<Frame> consumer) {
                for (int from = 0; from < rows.length; from += batch) {
                    int start = from;
                    int size = Math.min(batch, rows.length - from);
                    List<Column> columns = new ArrayList<>();
                    for (int column = 0; column < names.size(); column++) {
                        int index = column;
                        columns.add(TextColumn.of(
                                size, i -> rows[start + i][index].isEmpty() ? null : rows[start + i][index]));
                    }
                    consumer.accept(new Frame(schema, columns, size));
                }
            }
        };
    }

    /** The rows as they should be. */
    List<LabelledRow> truth(List<SuggestedRow> rows) {
        return rows.stream()
                .map(row -> new LabelledRow(row.row(), List.of(clean[(int) row.row()])))
                .toList();
    }

    /** The wrong cells, as {@code row/column}; of all columns or of those given. */
    Set<String> wrong(String... columns) {
        Set<String> wrong = new TreeSet<>();
        for (int row = 0; row < clean.length; row++) {
            for (int column = 0; column < COLUMNS.size(); column++) {
                String name = COLUMNS.get(column);
                if ((columns.length == 0 || List.of(columns).contains(name))
                        && !clean[row][column].equals(dirty[row][column])) {
                    wrong.add(row + "/" + name);
                }
            }
        }
        return wrong;
    }

    static Set<String> found(Findings findings, String... columns) {
        Set<String> found = new TreeSet<>();
        for (Finding finding : findings.cells()) {
            if (columns.length == 0 || List.of(columns).contains(finding.column())) {
                found.add(finding.row() + "/" + finding.column());
            }
        }
        return found;
    }

    /** Share of the truth that was found. */
    static double recall(Set<String> found, Set<String> truth) {
        return truth.isEmpty()
                ? 1
                : (double) truth.stream().filter(found::contains).count() / truth.size();
    }

    static double precision(Set<String> found, Set<String> truth) {
        return recall(truth, found);
    }
}
