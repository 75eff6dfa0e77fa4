package tatara.core.frame;

/** Name and kind of a column. */
public record Field(String name, Kind kind) {}
