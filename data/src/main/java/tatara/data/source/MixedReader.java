package tatara.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Characters of a text that was put together from parts in UTF-8 and in Windows-1252: what is well-formed UTF-8 is read as that, every other
 * byte as Windows-1252. Not thread-safe.
 */
final class MixedReader extends Reader {
    /** What such an encoding is called. */
    static final String NAME = "UTF-8 with windows-1252";

    private static final Charset SINGLE = Charset.forName("windows-1252");

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).limit(0);
    private final CharBuffer characters = CharBuffer.allocate(1 << 16).limit(0);
    private boolean ended;

    MixedReader(InputStream in) {
        this.in = in;
    }

    static String decode(byte[] content, int length) {
        CharBuffer all = CharBuffer.allocate(length + 1);
        MixedReader reader = new MixedReader(InputStream.nullInputStream());
        ByteBuffer given = ByteBuffer.wrap(content, 0, length);
        reader.decode(given, all, true);
        return all.flip().toString();
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!characters.hasRemaining()) {
            if (ended && !bytes.hasRemaining()) {
                return -1;
            }
            fill();
        }
        int count = Math.min(length, characters.remaining());
        characters.get(buffer, offset, count);
        return count;
    }

    private void fill() throws IOException {
        bytes.compact();
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended |= count < 0;
        bytes.position(bytes.position() + Math.max(0, count));
        bytes.flip();
        characters.clear();
        decode(bytes, characters, ended);
        characters.flip();
    }

    /** Decodes all of the bytes but, before the end, those of a character that is not complete. */
    private void decode(ByteBuffer from, CharBuffer to, boolean end) {
        CoderResult result = decoder.decode(from, to, end);
        while (result.isError() || (end && from.hasRemaining())) {
            byte[] single = {from.get()};
            to.put(SINGLE.decode(ByteBuffer.wrap(single)));
            decoder.reset();
            result = decoder.decode(from, to, end);
        }
        decoder.reset();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
