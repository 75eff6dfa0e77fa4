package tatara.model.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private static final float NAN = Float.NaN;

    private static final TargetMeanEncoder MEANS = new TargetMeanEncoder(
            3, new int[] {1}, 2, new float[][] {{.1f, .9f, .2f, .8f, .3f, .7f, .4f, .6f}}, new float[] {.5f, .5f});

    private static final LinearEncoder LINEAR = new LinearEncoder(List.of(
            new LinearEncoder.Scaled(0, 10, 4, 2, 3, true),
            new LinearEncoder.Levels(1, 2, true),
            new LinearEncoder.Levels(1, 2, false),
            new LinearEncoder.Terms(2, 2)));

    private static float[] encode(Encoder encoder, float... features) {
        float[] encoded = new float[encoder.width()];
        encoder.encode(features, encoded);
        return encoded;
    }

    private static int[] sources(Encoder encoder) {
        int[] sources = new int[encoder.width()];
        java.util.Arrays.setAll(sources, encoder::source);
        return sources;
    }

    @Test
    void targetMeansReplaceCategories() {
        assertThat(encode(MEANS, 7, 1, 9)).containsExactly(7, .2f, .8f, 9);
        assertThat(encode(MEANS, 7, 2, 9)).containsExactly(7, .3f, .7f, 9);
        assertThat(encode(MEANS, 7, NAN, 9)).containsExactly(7, .4f, .6f, 9);
        assertThat(encode(MEANS, 7, 3, 9)).containsExactly(7, .5f, .5f, 9);
        assertThat(encode(MEANS, 7, 99, 9)).containsExactly(7, .5f, .5f, 9);
        assertThat(encode(MEANS, 7, -1, 9)).containsExactly(7, .5f, .5f, 9);
        assertThat(sources(MEANS)).containsExactly(0, 1, 1, 2);
    }

    @Test
    void linearVectorsAreFiniteAndScaled() {
        assertThat(encode(LINEAR, 6, 0, .5f, NAN)).containsExactly(1, 0, 1, 0, 0, 0, 1, 0, 0, .5f, 0);
        assertThat(encode(LINEAR, NAN, NAN, 0, 0)).containsExactly(3, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0);
        assertThat(encode(LINEAR, Float.NEGATIVE_INFINITY, 77, 0, 0)).containsExactly(-3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0);
        assertThat(sources(LINEAR)).containsExactly(0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 3);
    }

    @Test
    void oneHotKeepsMissingMissing() {
        OneHotEncoder encoder = new OneHotEncoder(3, new int[] {0, 2}, new int[] {2, 1});
        assertThat(encode(encoder, 1, 5, 0)).containsExactly(0, 1, 0, 5, 1, 0);
        assertThat(encode(encoder, 8, 5, NAN)).containsExactly(0, 0, 1, 5, NAN, NAN);
        assertThat(sources(encoder)).containsExactly(0, 0, 0, 1, 2, 2);
    }

    @Test
    void chainsAndSubsetsLeadBackToTheirSources() {
        Encoder chain = new ChainEncoder(new SubsetEncoder(new int[] {4, 2, 0}), MEANS);
        assertThat(encode(chain, 10, 11, 1, 13, 14)).containsExactly(14, .2f, .8f, 10);
        assertThat(sources(chain)).containsExactly(4, 2, 2, 0);
    }

    @Test
    void everyKindIsTheSameAfterWritingAndReading() throws IOException {
        List<Encoder> encoders = List.of(
                new IdentityEncoder(4),
                new SubsetEncoder(new int[] {3, 1}),
                new OneHotEncoder(4, new int[] {1}, new int[] {3}),
                new TargetMeanEncoder(4, new int[] {1}, 1, new float[][] {{.1f, .2f, .3f}}, new float[] {.4f}),
                LINEAR,
                new ChainEncoder(new SubsetEncoder(new int[] {0, 1, 2}), MEANS));
        float[][] rows = {{1, 1, 2, 3}, {NAN, NAN, NAN, NAN}, {-5, 7, 0, 1e30f}};
        for (Encoder encoder : encoders) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            EncoderFormat.write(encoder, new DataOutputStream(bytes));
            Encoder read = EncoderFormat.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            assertThat(read).isInstanceOf(encoder.getClass());
            for (float[] row : rows) {
                assertThat(encode(read, row)).isEqualTo(encode(encoder, row));
            }
        }
    }
}
