package tatara.core.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tatara.core.error.Problem;
import tatara.core.error.ProblemsException;

/** Reads YAML 1.2 (JSON schema types only, no anchors' cycles, no tags) with line numbers, and writes it in block style. */
public final class YamlText {
    private YamlText() {}

    /** @throws ProblemsException with the line if the text is not one YAML document */
    public static Document read(String name, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(20)
                .setCodePointLimit(64 * 1024 * 1024)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                throw new ProblemsException(List.of(new Problem(name, 1, "", "the document is empty")));
            }
            Map<String, Integer> lines = new HashMap<>();
            Json value = value(root.get(), "", lines, 0);
            return new Document(name, value, lines);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            throw new ProblemsException(List.of(new Problem(name, line, "", "not valid YAML: " + e.getProblem())));
        } catch (StackOverflowError e) {
            throw new ProblemsException(List.of(new Problem(name, 0, "", "not valid YAML: nested too deeply")));
        } catch (YamlEngineException e) {
            throw new ProblemsException(List.of(new Problem(name, 0, "", "not valid YAML: " + e.getMessage())));
        }
    }

    /** Block style, keys in order, strings quoted only where YAML needs it, lines broken never. */
    public static String write(Json value) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setDefaultScalarStyle(ScalarStyle.PLAIN)
                .setWidth(10_000)
                .setSplitLines(false)
                .setMultiLineFlow(false)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .build();
        return new Dump(settings).dumpToString(plain(value));
    }

    private static @org.jspecify.annotations.Nullable Object plain(Json value) {
        if (value instanceof Json.Obj object) {
            Map<String, @org.jspecify.annotations.Nullable Object> map = new LinkedHashMap<>();
            object.members().forEach((key, member) -> map.put(key, plain(member)));
            return map;
        }
        if (value instanceof Json.Arr array) {
            List<@org.jspecify.annotations.Nullable Object> list = new ArrayList<>();
            array.items().forEach(item -> list.add(plain(item)));
            return list;
        }
        if (value instanceof Json.Str string) {
            return string.value();
        }
        if (value instanceof Json.Num number) {
            return number.value();
        }
        if (value instanceof Json.Bool bool) {
            return bool.value();
        }
        return null;
    }

    private static Json value(Node node, String path, Map<String, Integer> lines, int depth) {
        if (depth > 200) {
            throw new YamlEngineException("nesting deeper than 200");
        }
        lines.putIfAbsent(path, node.getStartMark().map(Mark::getLine).orElse(-1) + 1);
        if (node instanceof MappingNode mapping) {
            Map<String, Json> members = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar
                        ? scalar.getValue()
                        : tuple.getKeyNode().toString();
                String child = path.isEmpty() ? key : path + "." + key;
                lines.put(
                        child,
                        tuple.getKeyNode().getStartMark().map(Mark::getLine).orElse(-1) + 1);
                if (members.put(key, value(tuple.getValueNode(), child, lines, depth + 1)) != null) {
                    throw new YamlEngineException(
                            "the key " + key + " stands twice, again in line " + lines.get(child));
                }
            }
            return new Json.Obj(members);
        }
        if (node instanceof SequenceNode sequence) {
            List<Json> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(value(item, path + "[" + items.size() + "]", lines, depth + 1));
            }
            return new Json.Arr(items);
        }
        return scalar((ScalarNode) node);
    }

    private static Json scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return Json.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return new Json.Bool(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT)) {
            try {
                return new Json.Num(Long.parseLong(text));
            } catch (NumberFormatException tooLong) {
                return Json.number(Double.parseDouble(text));
            }
        }
        if (tag.equals(Tag.FLOAT)) {
            return switch (text) {
                case ".inf", "+.inf", "-.inf", ".nan" -> Json.NULL;
                default -> Json.number(Double.parseDouble(text));
            };
        }
        return new Json.Str(text);
    }
}
