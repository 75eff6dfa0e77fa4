package tatara.web.report;

import java.util.Map;
import java.util.stream.Collectors;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.web.report.ReportContent.Example;
import tatara.web.report.ReportContent.RegisteredModel;

/**
 * How to get predictions.
 *
 * @param serve command that starts the server
 * @param curl one request by curl, for a POSIX shell
 * @param python the same in Python, standard library only
 * @param batch command that scores a file
 * @param answer what the server said, empty if it was not asked
 */
public record CallSection(String serve, String curl, String python, String batch, String answer) {
    private static final String DEFAULT_ADDRESS = "http://127.0.0.1:7070";

    static CallSection of(RegisteredModel model, Example example) {
        String address = model.endpoint().orElse(DEFAULT_ADDRESS) + "/predict/" + model.name();
        String body = JsonText.write(Json.object().with("rows", new Json.Arr(java.util.List.of(example.row()))));
        String curl = "curl " + quoted(address) + " \\\n  -H 'Content-Type: application/json' \\\n  -d " + quoted(body);
        String python = "import json, urllib.request\n\nrow = " + python(example.row()) + "\n"
                + "request = urllib.request.Request(\n    " + pythonText(address) + ",\n"
                + "    data=json.dumps({\"rows\": [row]}).encode(),\n"
                + "    headers={\"Content-Type\": \"application/json\"})\n"
                + "print(json.load(urllib.request.urlopen(request))[\"predictions\"][0])";
        return new CallSection(
                "./tatara serve",
                curl,
                python,
                "./tatara predict " + model.name() + " --input new-rows.csv --output predictions.csv",
                example.answer().map(JsonText::writePretty).orElse(""));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String python(Json value) {
        if (value instanceof Json.Obj object) {
            return object.members().entrySet().stream()
                    .map(CallSection::pythonMember)
                    .collect(Collectors.joining(",\n    ", "{\n    ", ",\n}"));
        }
        if (value instanceof Json.Arr array) {
            return array.items().stream().map(CallSection::python).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Json.Bool bool) {
            return bool.value() ? "True" : "False";
        }
        return value instanceof Json.Null ? "None" : JsonText.write(value);
    }

    private static String pythonMember(Map.Entry<String, Json> member) {
        return pythonText(member.getKey()) + ": " + python(member.getValue());
    }

    /** A JSON string is a Python string too: the escapes mean the same. */
    private static String pythonText(String text) {
        return JsonText.write(Json.string(text));
    }
}
