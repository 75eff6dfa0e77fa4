package tatara.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/**
 * What a page carries in itself so that it needs no network: style, script, chart library, chart data.
 *
 * @param style CSS
 * @param library the chart library's script, empty without charts
 * @param script the page's script, empty without charts
 * @param charts JSON object from chart id to what is drawn, safe inside a script element
 */
public record PageParts(String style, String library, String script, String charts) {
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.common.min.js";

    public static PageParts of(List<Chart> charts) {
        String style = resource("/tatara/web/page.css");
        if (charts.isEmpty()) {
            return new PageParts(style, "", "", "{}");
        }
        Json.Obj specs = Json.object();
        for (Chart chart : charts) {
            specs = specs.with(chart.id(), chart.spec());
        }
        return new PageParts(style, resource(ECHARTS), resource("/tatara/web/page.js"), embedded(specs));
    }

    /** JSON that cannot end the script element it stands in. */
    private static String embedded(Json json) {
        return JsonText.write(json)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String resource(String path) {
        try (InputStream in = PageParts.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("missing from the class path: " + path);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
