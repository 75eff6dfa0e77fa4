package tatara.web.report;

/** A name and its value, as one line of a list of facts. */
public record Fact(String name, String value) {}
