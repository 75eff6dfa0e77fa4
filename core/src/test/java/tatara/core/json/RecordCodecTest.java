package tatara.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tatara.core.error.Problem;
import tatara.core.error.ProblemsException;

final class RecordCodecTest {
    sealed interface Shape permits RoundThing, Square {}

    record RoundThing(double radius) implements Shape {}

    record Square(int side) implements Shape {}

    enum Colour {
        DARK_RED,
        BLUE
    }

    record Box(
            String name,
            Colour colour,
            Optional<Integer> limit,
            List<Shape> shapes,
            Map<String, Double> weights,
            double[] data) {
        Box {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("name: empty (expected: a name)");
            }
        }
    }

    private static final Box BOX = new Box(
            "a: 'quoted' \"box\"\n#x",
            Colour.DARK_RED,
            Optional.empty(),
            List.of(new RoundThing(0.5), new Square(3)),
            Map.of("no", 1.0),
            new double[] {1, Double.NaN});

    @Test
    void a_record_comes_back_from_yaml_and_json() {
        Json written = RecordCodec.write(BOX);
        Box fromYaml = RecordCodec.read(Box.class, YamlText.read("box.yaml", YamlText.write(written)));
        Box fromJson = RecordCodec.read(Box.class, "box.json", JsonText.read("box.json", JsonText.write(written)));
        assertThat(RecordCodec.write(fromYaml)).isEqualTo(written);
        assertThat(RecordCodec.write(fromJson)).isEqualTo(written);
        assertThat(fromYaml.shapes()).isEqualTo(BOX.shapes());
        assertThat(fromYaml.data()[1]).isNaN();
    }

    @Test
    void one_of_several_records_comes_back_as_itself_too() {
        Json written = RecordCodec.write(new Square(3));
        assertThat(RecordCodec.read(Square.class, "square", written)).isEqualTo(new Square(3));
        assertThat(RecordCodec.read(Shape.class, "square", written)).isEqualTo(new Square(3));
    }

    @Test
    void every_problem_is_reported_with_its_line() {
        String text = """
                name: box
                colour: green
                shapes:
                  - kind: square
                    side: 1.5
                  - kind: triangle
                weights: {}
                data: []
                colur: blue
                """;
        assertThatThrownBy(() -> RecordCodec.read(Box.class, YamlText.read("box.yaml", text)))
                .isInstanceOfSatisfying(ProblemsException.class, failure -> {
                    assertThat(failure.problems()).extracting(Problem::line).containsExactlyInAnyOrder(2, 5, 6, 9);
                    assertThat(failure.getMessage())
                            .contains("dark-red, blue")
                            .contains("round-thing, square")
                            .contains("unknown key: colur");
                });
    }

    @Test
    void what_the_record_itself_refuses_is_a_problem() {
        assertThatThrownBy(() -> RecordCodec.read(
                        Box.class,
                        YamlText.read("box.yaml", "name: ''\ncolour: blue\nshapes: []\nweights: {}\ndata: []\n")))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("expected: a name");
    }

    @Test
    void what_is_no_yaml_is_refused_with_its_line() {
        assertThatThrownBy(() -> YamlText.read("x.yaml", "a: [1, 2\nb: }"))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("x.yaml:2");
        assertThatThrownBy(() -> YamlText.read("x.yaml", "")).isInstanceOf(ProblemsException.class);
        assertThatThrownBy(() -> YamlText.read("x.yaml", "a: 1\na: 2")).isInstanceOf(ProblemsException.class);
    }
}
