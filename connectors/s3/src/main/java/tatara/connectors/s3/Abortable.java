package tatara.connectors.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** An object's content; closing it early ends the connection instead of reading the rest. */
final class Abortable extends FilterInputStream {
    private final ResponseInputStream<?> content;
    private boolean ended;

    Abortable(ResponseInputStream<?> content) {
        super(content);
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        throw new UnsupportedOperationException("bytes are read in blocks");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int count = content.read(buffer, offset, length);
            ended |= count < 0;
            return count;
        } catch (SdkException e) {
            throw new IOException("the connection broke: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            content.close();
        } else {
            content.abort();
        }
    }
}
