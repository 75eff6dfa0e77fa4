package tatara.core.frame;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The ordered fields of a table; names are distinct. Immutable. */
public record Schema(List<Field> fields) {
    public Schema {
        fields = List.copyOf(fields);
        Map<String, Field> seen = new HashMap<>();
        for (Field field : fields) {
            if (seen.put(field.name(), field) != null) {
                throw new IllegalArgumentException("field: " + field.name() + " (expected: distinct names)");
            }
        }
    }

    public int size() {
        return fields.size();
    }

    public Field field(int index) {
        return fields.get(index);
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    public OptionalInt indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}
