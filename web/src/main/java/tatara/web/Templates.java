package tatara.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** The page templates, compiled at build time. Thread-safe. */
public final class Templates {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    /**
     * @param template such as {@code report/page.jte}
     * @param page the template's one parameter
     */
    public String render(String template, Object page) {
        StringOutput output = new StringOutput(1 << 16);
        engine.render(template, page, output);
        return output.toString();
    }
}
