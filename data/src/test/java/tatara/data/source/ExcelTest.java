package tatara.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.frame.Column;
import tatara.core.frame.FrameSource;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.spec.DataArgument;
import tatara.data.lake.DataErrorCode;

class ExcelTest {
    @TempDir
    Path directory;

    /** A workbook written part by part, as Excel writes it. */
    private static final class Book {
        private final Map<String, String> sheets = new LinkedHashMap<>();
        private final Map<String, String> states = new LinkedHashMap<>();
        private String properties = "";

        Book sheet(String name, String rows) {
            sheets.put(name, rows);
            return this;
        }

        Book hidden(String name) {
            states.put(name, " state=\"hidden\"");
            return this;
        }

        Book from1904() {
            properties = "<workbookPr date1904=\"1\"/>";
            return this;
        }

        Path write(Path file) throws IOException {
            StringBuilder list = new StringBuilder();
            StringBuilder relations = new StringBuilder();
            try (OutputStream out = Files.newOutputStream(file);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                int number = 0;
                for (Map.Entry<String, String> sheet : sheets.entrySet()) {
                    number++;
                    list.append("<sheet name=\"" + sheet.getKey() + "\" sheetId=\"" + number + "\" r:id=\"rId" + number
                            + "\"" + states.getOrDefault(sheet.getKey(), "") + "/>");
                    relations.append("<Relationship Id=\"rId" + number + "\" Type=\"" + R
                            + "/worksheet\" Target=\"worksheets/sheet" + number + ".xml\"/>");
                    String[] parts = sheet.getValue().split("MERGE", 2);
                    add(
                            zip,
                            "xl/worksheets/sheet" + number + ".xml",
                            "<worksheet xmlns=\"" + MAIN + "\"><sheetData>" + parts[0] + "</sheetData>"
                                    + (parts.length > 1 ? parts[1] : "") + "</worksheet>");
                }
                relations.append("<Relationship Id=\"rId90\" Type=\"" + R + "/styles\" Target=\"styles.xml\"/>");
                relations.append(
                        "<Relationship Id=\"rId91\" Type=\"" + R + "/sharedStrings\" Target=\"sharedStrings.xml\"/>");
                add(
                        zip,
                        "[Content_Types].xml",
                        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                                + override("workbook", "sheet.main") + override("styles", "styles")
                                + override("sharedStrings", "sharedStrings") + "</Types>");
                add(
                        zip,
                        "_rels/.rels",
                        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                                + "<Relationship Id=\"rId1\" Type=\"" + R
                                + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
                add(
                        zip,
                        "xl/workbook.xml",
                        "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + R + "\">" + properties + "<sheets>" + list
                                + "</sheets></workbook>");
                add(
                        zip,
                        "xl/_rels/workbook.xml.rels",
                        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                                + relations + "</Relationships>");
                add(
                        zip,
                        "xl/styles.xml",
                        "<styleSheet xmlns=\"" + MAIN + "\"><numFmts count=\"3\">"
                                + "<numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy hh:mm;@\"/>"
                                + "<numFmt numFmtId=\"165\" formatCode=\"&quot;day &quot;0.00\"/>"
                                + "<numFmt numFmtId=\"166\" formatCode=\"[$-409]h:mm:ss AM/PM\"/></numFmts><cellXfs count=\"5\">"
                                + "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>"
                                + "<xf numFmtId=\"166\"/></cellXfs></styleSheet>");
                add(
                        zip,
                        "xl/sharedStrings.xml",
                        "<sst xmlns=\"" + MAIN + "\" count=\"2\"><si><t>shared &amp; text</t></si>"
                                + "<si><r><t>rich </t></r><r><t>text</t></r></si></sst>");
            }
            return file;
        }

        private static String override(String part, String type) {
            return "<Override PartName=\"/xl/" + part
                    + ".xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml." + type
                    + "+xml\"/>";
        }

        private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        private static final String R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

        private static void add(ZipOutputStream zip, String name, String content) throws IOException {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + content).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }

    /** Cells from column A on: texts in quotes, numbers, {@code STYLE:NUMBER}, other XML as it is, empty for none. */
    private static String row(int number, String... cells) {
        StringBuilder row = new StringBuilder("<row r=\"" + number + "\">");
        for (int i = 0; i < cells.length; i++) {
            String at = " r=\"" + (char) ('A' + i) + number + "\"";
            String cell = cells[i];
            if (cell.startsWith("\"")) {
                row.append("<c" + at + " t=\"inlineStr\"><is><t>" + cell.substring(1) + "</t></is></c>");
            } else if (cell.startsWith("<")) {
                row.append(cell.replace("<c", "<c" + at));
            } else if (cell.contains(":")) {
                row.append("<c" + at + " s=\"" + cell.replace(":", "\"><v>") + "</v></c>");
            } else if (!cell.isEmpty()) {
                row.append("<c" + at + "><v>" + cell + "</v></c>");
            }
        }
        return row + "</row>";
    }

    private List<SourceTable> tables(Path file) {
        return new Sources(directory.resolve("cache")).discover(List.of(new DataArgument("", file.toString())));
    }

    private List<String> lines(Path file) {
        FrameSource frames = new Sources(directory.resolve("cache")).frames(file.toString());
        List<String> lines = new ArrayList<>();
        frames.forEach(frame -> {
            for (int row = 0; row < frame.rows(); row++) {
                List<String> cells = new ArrayList<>();
                for (Column column : frame.columns()) {
                    cells.add(
                            column.isMissing(row)
                                    ? "-"
                                    : column instanceof NumberColumn numbers
                                            ? Double.toString(numbers.values()[row])
                                            : String.valueOf(((TextColumn) column).value(row)));
                }
                lines.add(String.join("|", cells));
            }
        });
        return lines;
    }

    @Test
    void valuesOfEveryKindComeAsTheyAre() throws IOException {
        Path file = new Book()
                .sheet(
                        "Data",
                        row(1, "\"id", "\"day", "\"moment", "\"of day", "\"amount", "\"ok", "\"note", "\"formula")
                                + row(
                                        2,
                                        "1",
                                        "1:45351",
                                        "2:45351.5",
                                        "4:0.75",
                                        "3:1.50",
                                        "<c t=\"b\"><v>1</v></c>",
                                        "<c t=\"s\"><v>0</v></c>",
                                        "<c><f>A2*2</f><v>2</v></c>")
                                + row(
                                        3,
                                        "2",
                                        "1:59",
                                        "2:1.25",
                                        "",
                                        "3:-2",
                                        "<c t=\"b\"><v>0</v></c>",
                                        "<c t=\"s\"><v>1</v></c>",
                                        "<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>")
                                + row(4)
                                + row(
                                        5,
                                        "12345678901",
                                        "1:61",
                                        "",
                                        "",
                                        "1E-3",
                                        "",
                                        "<c t=\"e\"><v>#N/A</v></c>",
                                        "<c t=\"str\"><f>\"a\"</f><v>text</v></c>"))
                .write(directory.resolve("kinds.xlsx"));
        assertThat(lines(file))
                .containsExactly(
                        "1.0|2024-02-29|2024-02-29T12:00:00|18:00:00|1.5|true|shared & text|2",
                        "2.0|1900-02-28|1900-01-01T06:00:00|-|-2.0|false|rich text|-",
                        "1.2345678901E10|1900-03-01|-|-|0.001|-|-|text");
    }

    @Test
    void theOtherDateSystemIsKnown() throws IOException {
        Path file = new Book()
                .from1904()
                .sheet("S", row(1, "\"n", "\"day") + row(2, "1", "1:43889") + row(3, "2", "1:0"))
                .write(directory.resolve("mac.xlsx"));
        assertThat(lines(file)).containsExactly("1.0|2024-02-29", "2.0|1904-01-01");
    }

    @Test
    void titlesAndSpareColumnsAreNoPartOfATableAndJoinedHeadersName() throws IOException {
        Path file = new Book()
                .sheet(
                        "Report",
                        row(2, "", "\"Sales 2024, confidential")
                                + row(4, "", "\"Shop", "\"Spring", "", "\"Autumn", "")
                                + row(5, "", "", "\"sold", "\"returned", "\"sold", "\"returned")
                                + row(6, "", "\"Kyoto", "1", "2", "3", "4")
                                + row(7, "", "\"Osaka", "5", "6", "7", "8")
                                + "MERGE<mergeCells count=\"4\"><mergeCell ref=\"B2:F2\"/><mergeCell ref=\"C4:D4\"/>"
                                + "<mergeCell ref=\"E4:F4\"/><mergeCell ref=\"B4:B5\"/></mergeCells>")
                .write(directory.resolve("report.xlsx"));
        SourceTable table = tables(file).get(0);
        assertThat(table.name()).isEqualTo("report");
        assertThat(table.columns())
                .containsExactly("Shop", "Spring sold", "Spring returned", "Autumn sold", "Autumn returned");
        assertThat(lines(file)).containsExactly("Kyoto|1.0|2.0|3.0|4.0", "Osaka|5.0|6.0|7.0|8.0");
    }

    @Test
    void everySheetWithRowsIsATable() throws IOException {
        Path file = new Book()
                .sheet("customers", row(1, "\"id", "\"name") + row(2, "1", "\"Ann"))
                .sheet("orders", row(1, "\"id", "\"customer") + row(2, "7", "1"))
                .sheet("nothing", "")
                .hidden("orders")
                .write(directory.resolve("shop.xlsx"));
        List<SourceTable> tables = tables(file);
        assertThat(tables).extracting(SourceTable::name).containsExactly("customers", "orders");
        assertThat(tables.get(0).format()).isEqualTo(Format.EXCEL);
        assertThat(tables.get(0).notes()).anyMatch(note -> note.contains("nothing"));
        assertThat(tables.get(1).notes()).anyMatch(note -> note.contains("hidden"));
        assertThat(tables.get(1).dialect()).containsEntry("sheet", "orders").containsEntry("firstRow", "2");
    }

    @Test
    void workbooksOfOneFolderWithTheSameColumnsAreOneTable() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("months"));
        for (String month : List.of("sales-2024-01", "sales-2024-02")) {
            new Book()
                    .sheet("Sheet1", row(1, "\"day", "\"sold") + row(2, "1:45351", "3"))
                    .write(folder.resolve(month + ".xlsx"));
        }
        List<SourceTable> tables = tables(folder);
        assertThat(tables).hasSize(1);
        assertThat(tables.get(0).name()).isEqualTo("sales");
        assertThat(lines(folder)).containsExactly("2024-02-29|3.0", "2024-02-29|3.0");
    }

    @Test
    void whatIsNoWorkbookIsRefusedWithTheReason() throws IOException {
        Path cut = directory.resolve("cut.xlsx");
        byte[] whole = Files.readAllBytes(
                new Book().sheet("S", row(1, "\"a", "\"b") + row(2, "1", "2")).write(directory.resolve("whole.xlsx")));
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length - 40));
        refused(cut, "");
        Path old = directory.resolve("old.xls");
        Files.write(old, java.util.HexFormat.of().parseHex("d0cf11e0a1b11ae1" + "00".repeat(600)));
        refused(old, "old Excel");
        Path broken =
                new Book().sheet("S", "<row r=\"1\"><c r=\"A1\"><v>1</v>").write(directory.resolve("broken.xlsx"));
        refused(broken, "broken");
        Path bomb = new Book()
                .sheet("S", row(1, "\"a") + "<row r=\"2\">" + " ".repeat(70 << 20) + "</row>")
                .write(directory.resolve("bomb.xlsx"));
        assertThat(Files.size(bomb)).isLessThan(1 << 20);
        refused(bomb, "unpacks to more than");
    }

    private void refused(Path file, String says) {
        assertThatThrownBy(() -> tables(file)).isInstanceOfSatisfying(TataraException.class, failure -> {
            assertThat(failure.code()).isEqualTo(DataErrorCode.SOURCE_MALFORMED);
            assertThat(failure.fault().toString()).contains(says);
        });
    }
}
