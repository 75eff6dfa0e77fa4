package tatara.data.lake;

import java.util.function.Consumer;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Schema;

/** The rows of a query as frames; each pass runs the query anew. */
record QueryFrames(Engine engine, String sql, Schema schema, long rows) implements FrameSource {
    @Override
    public void forEach(Consumer<Frame> consumer) {
        engine.stream(sql, schema, consumer);
    }
}
