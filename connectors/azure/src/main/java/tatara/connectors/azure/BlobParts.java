package tatara.connectors.azure;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobDownloadContentResponse;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.DownloadRetryOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import tatara.core.port.RemoteObject;

/** A blob's content from an offset, asked for in parts of 4 MiB, all of the same version. */
final class BlobParts extends InputStream {
    private static final int PART = 4 << 20;
    private static final DownloadRetryOptions ONCE = new DownloadRetryOptions().setMaxRetryRequests(0);

    private final BlobClient blob;
    private final AzurePlace place;
    private final RemoteObject object;
    private long next;
    private byte[] part = {};
    private int position;

    /** Asks for the first part. */
    BlobParts(BlobClient blob, AzurePlace place, RemoteObject object, long offset) throws IOException {
        this.blob = blob;
        this.place = place;
        this.object = object;
        this.next = offset;
        this.part = ask();
    }

    private byte[] ask() throws IOException {
        BlobRequestConditions same = new BlobRequestConditions();
        if (!object.version().isEmpty()) {
            same.setIfMatch("\"" + object.version() + "\"");
        }
        BlobRange range = object.bytes() == 0 ? null : new BlobRange(next, (long) PART);
        try {
            BlobDownloadContentResponse answer =
                    blob.downloadContentWithResponse(ONCE, same, range, false, null, Context.NONE);
            byte[] bytes = answer.getValue().toBytes();
            long expected = Math.min(PART, object.bytes() - next);
            if (bytes.length != expected) {
                throw new IOException("the content ended after " + bytes.length + " of " + expected + " bytes");
            }
            next += bytes.length;
            return bytes;
        } catch (RuntimeException e) {
            throw AzureFailures.of(e, place);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (position == part.length) {
            if (next >= object.bytes()) {
                return -1;
            }
            part = ask();
            position = 0;
        }
        int count = Math.min(length, part.length - position);
        System.arraycopy(part, position, buffer, offset, count);
        position += count;
        return count;
    }
}
