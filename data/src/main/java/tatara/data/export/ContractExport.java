package tatara.data.export;

import java.util.List;
import tatara.core.design.DataDesign;

/**
 * A contract written for another tool. Same contract, same bytes.
 *
 * @param files the files, the one that is read first in front
 * @param unsaid rules, or parts of them, that the format does not say; they also stand in the head of the first file
 */
public record ContractExport(ExportFormat format, List<File> files, List<Unsaid> unsaid) {
    /**
     * A file. All of an export have one name and differ in their endings.
     *
     * @param ending such as {@code .py}
     */
    public record File(String ending, String text) {}

    /**
     * What the format does not say.
     *
     * @param rule id of the rule, empty if it is about all rules
     */
    public record Unsaid(String rule, String why) {}

    /**
     * Writes the contract of a table.
     *
     * @throws IllegalArgumentException if the design has no such table or no contract for it
     */
    public static ContractExport of(DataDesign design, String table, ExportFormat format) {
        Exported exported = Exported.of(design, table);
        return switch (format) {
            case PYDANTIC -> new PydanticFile(exported).write();
            case GREAT_EXPECTATIONS -> new ExpectationFiles(exported).write();
            case JSON_SCHEMA -> new RowSchema(exported).write();
            case PANDERA -> new PanderaFile(exported).write();
        };
    }
}
