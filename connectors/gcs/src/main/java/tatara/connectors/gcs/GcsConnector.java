package tatara.connectors.gcs;

import com.google.api.gax.paging.Page;
import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;
import tatara.core.remote.Attempts;
import tatara.core.remote.ObjectLocation;
import tatara.core.remote.Pauses;
import tatara.core.remote.ResumedCopy;

/**
 * Objects of Google Cloud Storage (D1): {@code gs://BUCKET/KEY}. Options: {@code endpoint}, {@code project}, {@code credentials} (a key file's
 * content), {@code token}, {@code anonymous=true}; without them the application default credentials. The version is the generation.
 * Thread-safe.
 */
public final class GcsConnector implements Connector {
    private static final Set<String> OPTIONS = Set.of("endpoint", "project", "credentials", "token", "anonymous");
    private static final BlobField[] FIELDS = {
        BlobField.NAME, BlobField.SIZE, BlobField.GENERATION, BlobField.UPDATED, BlobField.BUCKET
    };

    private final GcsClients clients = new GcsClients();
    private final Attempts attempts;

    public GcsConnector() {
        this(Pauses.sleeping());
    }

    GcsConnector(Pauses pauses) {
        this.attempts = new Attempts(pauses);
    }

    @Override
    public Set<String> schemes() {
        return Set.of("gs");
    }

    @Override
    public List<RemoteObject> list(String location, Secrets secrets) {
        ObjectLocation place = ObjectLocation.parse(location, OPTIONS);
        Storage client = clients.of(place, secrets);
        String key = place.key();
        if (!key.isEmpty() && !key.endsWith("/")) {
            Optional<RemoteObject> single = single(client, place);
            boolean marksFolder = single.isPresent()
                    && single.get().bytes() == 0
                    && !below(client, place, key + "/").isEmpty();
            if (single.isPresent() && !marksFolder) {
                return List.of(single.get());
            }
        }
        List<RemoteObject> found = below(client, place, key.isEmpty() || key.endsWith("/") ? key : key + "/");
        if (found.isEmpty()) {
            throw GcsFailures.notFound("there is no such object and nothing below it", place);
        }
        return found;
    }

    private Optional<RemoteObject> single(Storage client, ObjectLocation place) {
        return attempts.of(place.place(), () -> {
            try {
                Blob found = client.get(BlobId.of(place.container(), place.key()), BlobGetOption.fields(FIELDS));
                return Optional.ofNullable(found)
                        .map(blob -> object(place, blob, place.key().lastIndexOf('/') + 1));
            } catch (RuntimeException e) {
                throw GcsFailures.of(e, place);
            }
        });
    }

    private List<RemoteObject> below(Storage client, ObjectLocation place, String prefix) {
        List<RemoteObject> found = new ArrayList<>();
        String token = "";
        do {
            String from = token;
            Page<Blob> page = attempts.of(place.place(), () -> page(client, place, prefix, from));
            for (Blob blob : page.getValues()) {
                if (!blob.getName().endsWith("/")) {
                    found.add(object(place, blob, prefix.length()));
                }
            }
            token = page.getNextPageToken();
        } while (token != null && !token.isEmpty());
        return found;
    }

    private static Page<Blob> page(Storage client, ObjectLocation place, String prefix, String token)
            throws IOException {
        List<BlobListOption> options =
                new ArrayList<>(List.of(BlobListOption.prefix(prefix), BlobListOption.fields(FIELDS)));
        if (!token.isEmpty()) {
            options.add(BlobListOption.pageToken(token));
        }
        try {
            return client.list(place.container(), options.toArray(BlobListOption[]::new));
        } catch (RuntimeException e) {
            throw GcsFailures.of(e, place);
        }
    }

    private static RemoteObject object(ObjectLocation place, Blob blob, int nameStart) {
        Long bytes = blob.getSize();
        Long generation = blob.getGeneration();
        OffsetDateTime updated = blob.getUpdateTimeOffsetDateTime();
        return new RemoteObject(
                place.at(blob.getName()).toString(),
                blob.getName().substring(nameStart),
                bytes == null ? 0 : bytes,
                Optional.ofNullable(updated).map(OffsetDateTime::toInstant),
                generation == null ? "" : generation.toString());
    }

    @Override
    public void fetch(RemoteObject object, Path target, Secrets secrets, LongConsumer progress) {
        ObjectLocation place = ObjectLocation.parse(object.uri(), OPTIONS);
        Storage client = clients.of(place, secrets);
        new ResumedCopy(attempts)
                .copy(
                        object,
                        target,
                        offset -> new ResumedCopy.Part(open(client, place, object, offset), offset, object.bytes()),
                        progress);
    }

    private static InputStream open(Storage client, ObjectLocation place, RemoteObject object, long offset)
            throws IOException {
        List<BlobSourceOption> options = new ArrayList<>(List.of(BlobSourceOption.shouldReturnRawInputStream(true)));
        if (!object.version().isEmpty()) {
            options.add(BlobSourceOption.generationMatch(Long.parseLong(object.version())));
        }
        try {
            ReadChannel channel =
                    client.reader(BlobId.of(place.container(), place.key()), options.toArray(BlobSourceOption[]::new));
            channel.setChunkSize(0);
            channel.seek(offset);
            return new Told(Channels.newInputStream(channel), place);
        } catch (RuntimeException e) {
            throw GcsFailures.of(e, place);
        }
    }

    @Override
    public void close() {
        clients.close();
    }

    /** Content, whose failures are told like those of other calls: the client asks for it when it is first read. */
    private static final class Told extends FilterInputStream {
        private final ObjectLocation place;

        Told(InputStream content, ObjectLocation place) {
            super(content);
            this.place = place;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException | RuntimeException e) {
                throw GcsFailures.of(e, place);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                in.close();
            } catch (RuntimeException e) {
                throw new IOException("the connection broke: " + e.getClass().getSimpleName());
            }
        }
    }
}
