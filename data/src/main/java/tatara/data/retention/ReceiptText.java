package tatara.data.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tatara.core.json.Json;

/** What a receipt says: counts and places, and of the person nothing but salted hashes. */
final class ReceiptText {
    private ReceiptText() {}

    static Json.Obj of(
            Forgetting.Pending pending,
            Instant finished,
            List<String> touched,
            HomeSearch.Result result,
            Map<String, String> anew) {
        List<Json> tables = new ArrayList<>();
        for (Forgetting.Work work : pending.tables()) {
            tables.add(Json.object()
                    .with("table", work.layer() + "/" + work.name())
                    .with("rowsRemoved", work.rows())
                    .with("versionsRewritten", work.versions())
                    .with("versionsDropped", work.dropped()));
        }
        Json.Obj versions = Json.object();
        for (Map.Entry<String, String> version : anew.entrySet()) {
            versions = versions.with(version.getKey(), version.getValue());
        }
        long similar = pending.traces().texts().stream()
                .mapToLong(trace -> trace.similar().size())
                .sum();
        return Json.object()
                .with("id", pending.id())
                .with("what", "a person was forgotten")
                .with("begun", pending.begun())
                .with("finished", finished.toString())
                .with("who", System.getProperty("user.name", ""))
                .with("reason", pending.request().reason())
                .with(
                        "subject",
                        Json.object()
                                .with("columns", Json.strings(pending.subject().columns()))
                                .with("salt", pending.subject().salt())
                                .with("sha256", Json.strings(pending.subject().sha256())))
                .with("tables", new Json.Arr(tables))
                .with("versionsAnew", versions)
                .with("filesChanged", Json.strings(touched))
                .with("search", search(pending.traces(), result, similar))
                .with(
                        "modelsTrainedWithThePerson",
                        Json.strings(pending.request().models()))
                .with(
                        "modelsNote",
                        "These versions stay as they are; the next run trains without the person."
                                + " They cannot be rebuilt from the data that they were trained on.")
                .with("notTouched", Json.strings(pending.request().sources()))
                .with(
                        "notTouchedNote",
                        "Remove the person there yourself. Reading them again does not bring the person back here.");
    }

    private static Json.Obj search(Traces traces, HomeSearch.Result result, long similar) {
        return Json.object()
                .with("files", (long) result.looked())
                .with("textsSoughtEverywhere", (long) traces.texts().size())
                .with(
                        "shortKeysSoughtOnlyInColumnsAndMembersOfTheirName",
                        Json.strings(List.copyOf(traces.keys().keySet())))
                .with("valuesOfOthersThatContainAKey", similar)
                .with("left", 0L)
                .with("formatsThatHideTheirContent", Json.strings(result.opaque()));
    }
}
