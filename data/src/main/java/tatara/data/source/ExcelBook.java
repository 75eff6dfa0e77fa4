package tatara.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.lake.DataErrorCode;

/** An open Excel workbook (.xlsx, .xlsm), whose sheets are streamed row by row. Used by one thread. */
final class ExcelBook implements Closeable {
    private static final int MOST_ENTRIES = 20_000;
    private static final long MOST_SHEET_BYTES = 8L << 30;
    private static final long MOST_TEXT_BYTES = 512L << 20;
    private static final long BOMB_BYTES = 64L << 20;
    private static final long BOMB_RATIO = 400;
    private static final int TAIL = 1 << 20;
    private static final Pattern RELATION = Pattern.compile("<(?:\\w+:)?Relationship\\s[^>]*>");
    private static final Pattern MERGE =
            Pattern.compile("<(?:\\w+:)?mergeCell\\s[^>]*ref=\"([A-Z]{1,3})(\\d{1,7}):([A-Z]{1,3})(\\d{1,7})\"");

    private final Path file;
    private final ReadableWorkbook workbook;

    private ExcelBook(Path file, ReadableWorkbook workbook) {
        this.file = file;
        this.workbook = workbook;
    }

    /** Cells joined into one, 0-based and inclusive. */
    record Merge(int firstRow, int lastRow, int firstColumn, int lastColumn) {}

    /** Takes rows until it says no. */
    interface RowTaker {
        boolean take(Row row);
    }

    static boolean isWorkbook(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry("xl/workbook.xml") != null;
        } catch (ZipException e) {
            return false;
        }
    }

    static ExcelBook open(Path file) {
        try {
            return new ExcelBook(file, new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true)));
        } catch (IOException | ExcelReaderException | IllegalStateException | NullPointerException e) {
            throw malformed(file, e);
        }
    }

    boolean from1904() {
        return workbook.isDate1904();
    }

    List<Sheet> sheets() {
        try (Stream<Sheet> sheets = workbook.getSheets()) {
            return sheets.toList();
        }
    }

    /** Streams the rows that the sheet stores, in order; blank ones may be left out of the file. */
    void rows(String sheetName, RowTaker taker) {
        Sheet sheet = sheets().stream()
                .filter(each -> each.getName().equals(sheetName))
                .findFirst()
                .orElseThrow(() -> malformed(file, new IOException("no sheet " + sheetName)));
        try (Stream<Row> rows = sheet.openStream()) {
            Iterator<Row> each = rows.iterator();
            boolean wanted = true;
            while (wanted && each.hasNext()) {
                wanted = taker.take(each.next());
            }
        } catch (IOException | ExcelReaderException | IllegalStateException | IndexOutOfBoundsException e) {
            throw malformed(file, e);
        }
    }

    private static TataraException malformed(Path file, Exception e) {
        return new TataraException(
                DataErrorCode.SOURCE_MALFORMED,
                Fault.of("the workbook is broken or cut off: " + e.getMessage())
                        .at(file.toString())
                        .expecting("an Excel workbook (.xlsx, .xlsm)")
                        .todo("Open it in Excel and save it again, or save the sheet as CSV"),
                e);
    }

    /**
     * Reads the whole file once without keeping it: refuses what unpacks to more than any workbook does, whatever its directory says.
     *
     * @return merged cells by the relation id of their sheet
     */
    static Map<String, List<Merge>> check(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw bomb(file, zip.size() + " parts");
            }
            Map<String, String> relations = relations(zip);
            Map<String, List<Merge>> merges = new HashMap<>();
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName().toLowerCase(Locale.ROOT);
                if (name.startsWith("xl/") && name.endsWith(".xml")) {
                    byte[] tail = pass(file, zip, entry);
                    String id = relations.get(entry.getName());
                    if (id != null) {
                        merges.put(id, merges(new String(tail, StandardCharsets.ISO_8859_1)));
                    }
                }
            }
            return merges;
        } catch (IOException e) {
            throw malformed(file, e);
        }
    }

    /** Reads an entry to its end; gives its last bytes. */
    private static byte[] pass(Path file, ZipFile zip, ZipEntry entry) throws IOException {
        boolean sheet = entry.getName().contains("worksheets/");
        long most = sheet ? MOST_SHEET_BYTES : MOST_TEXT_BYTES;
        byte[] ring = new byte[TAIL];
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                for (int done = 0; done < count; ) {
                    int at = (int) ((total + done) % TAIL);
                    int part = Math.min(count - done, TAIL - at);
                    System.arraycopy(buffer, done, ring, at, part);
                    done += part;
                }
                total += count;
                boolean bomb = total > BOMB_BYTES && total / BOMB_RATIO > Math.max(1, entry.getCompressedSize());
                if (total > most || bomb) {
                    throw bomb(
                            file,
                            entry.getName() + " unpacks to more than " + (total >> 20) + " MiB from "
                                    + entry.getCompressedSize() + " bytes");
                }
            }
        }
        if (total <= TAIL) {
            return Arrays.copyOf(ring, (int) total);
        }
        byte[] tail = new byte[TAIL];
        int at = (int) (total % TAIL);
        System.arraycopy(ring, at, tail, 0, TAIL - at);
        System.arraycopy(ring, 0, tail, TAIL - at, at);
        return tail;
    }

    private static TataraException bomb(Path file, String what) {
        return new TataraException(
                DataErrorCode.SOURCE_MALFORMED,
                Fault.of("the workbook is packed as no program packs one: " + what)
                        .at(file.toString())
                        .expecting("a workbook that Excel can open")
                        .todo("Check where the file comes from; save large tables as CSV or Parquet"));
    }

    private static Map<String, String> relations(ZipFile zip) throws IOException {
        Map<String, String> relations = new HashMap<>();
        ZipEntry entry = zip.getEntry("xl/_rels/workbook.xml.rels");
        if (entry == null) {
            return relations;
        }
        String text;
        try (InputStream in = zip.getInputStream(entry)) {
            text = new String(in.readNBytes(TAIL), StandardCharsets.UTF_8);
        }
        Matcher each = RELATION.matcher(text);
        while (each.find()) {
            String id = attribute(each.group(), "Id");
            String target = attribute(each.group(), "Target");
            String path = target.startsWith("/") ? target.substring(1) : "xl/" + target;
            relations.put(path, id);
        }
        return relations;
    }

    private static String attribute(String element, String name) {
        Matcher value =
                Pattern.compile("\\s" + name + "\\s*=\\s*[\"']([^\"']*)[\"']").matcher(element);
        return value.find() ? value.group(1) : "";
    }

    private static List<Merge> merges(String tail) {
        List<Merge> merges = new ArrayList<>();
        Matcher each = MERGE.matcher(tail);
        while (each.find()) {
            merges.add(new Merge(
                    Integer.parseInt(each.group(2)) - 1,
                    Integer.parseInt(each.group(4)) - 1,
                    column(each.group(1)),
                    column(each.group(3))));
        }
        return merges;
    }

    private static int column(String letters) {
        int number = 0;
        for (int i = 0; i < letters.length(); i++) {
            number = number * 26 + letters.charAt(i) - 'A' + 1;
        }
        return number - 1;
    }

    @Override
    public void close() {
        try {
            workbook.close();
        } catch (IOException e) {
            throw malformed(file, e);
        }
    }
}
