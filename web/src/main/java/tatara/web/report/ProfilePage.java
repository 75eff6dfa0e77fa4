package tatara.web.report;

import tatara.web.PageParts;

/** The page of a profile, as its template takes it. */
public record ProfilePage(String name, DataSection data, PageParts parts) {}
