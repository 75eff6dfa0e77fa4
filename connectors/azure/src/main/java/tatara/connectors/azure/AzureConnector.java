package tatara.connectors.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.ListBlobsOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;
import tatara.core.remote.Attempts;
import tatara.core.remote.Pauses;
import tatara.core.remote.ResumedCopy;

/**
 * Blobs of Azure Storage (D1): {@code az://CONTAINER/BLOB?account=NAME}, {@code abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/BLOB}. Options:
 * {@code account}, {@code endpoint}, {@code key}, {@code sas}, {@code connection-string}, {@code anonymous=true}; without them the
 * variables that Microsoft's command line reads. The version is the ETag. Thread-safe.
 */
public final class AzureConnector implements Connector {
    private final AzureContainers containers;
    private final Attempts attempts;

    public AzureConnector() {
        this(Pauses.sleeping(), System::getenv);
    }

    AzureConnector(Pauses pauses, Function<String, @Nullable String> environment) {
        this.attempts = new Attempts(pauses);
        this.containers = new AzureContainers(environment);
    }

    @Override
    public Set<String> schemes() {
        return Set.of("az", "abfs", "abfss", "wasb", "wasbs");
    }

    @Override
    public List<RemoteObject> list(String location, Secrets secrets) {
        AzurePlace place = AzurePlace.parse(location);
        BlobContainerClient container = containers.of(place, secrets);
        String key = place.key();
        if (!key.isEmpty() && !key.endsWith("/")) {
            Optional<RemoteObject> single = single(container, place);
            boolean marksFolder = single.isPresent()
                    && single.get().bytes() == 0
                    && !below(container, place, key + "/").isEmpty();
            if (single.isPresent() && !marksFolder) {
                return List.of(single.get());
            }
        }
        List<RemoteObject> found = below(container, place, key.isEmpty() || key.endsWith("/") ? key : key + "/");
        if (found.isEmpty()) {
            throw AzureFailures.notFound("there is no such blob and nothing below it", place);
        }
        return found;
    }

    private Optional<RemoteObject> single(BlobContainerClient container, AzurePlace place) {
        String key = place.key();
        return attempts.of(place.place(), () -> {
            try {
                BlobProperties found = container.getBlobClient(key).getProperties();
                return isFolder(found.getMetadata())
                        ? Optional.empty()
                        : Optional.of(object(
                                place,
                                key,
                                key.lastIndexOf('/') + 1,
                                found.getBlobSize(),
                                found.getETag(),
                                found.getLastModified()));
            } catch (RuntimeException e) {
                if (AzureFailures.status(e) == 404) {
                    return Optional.empty();
                }
                throw AzureFailures.of(e, place);
            }
        });
    }

    /** Folders of accounts with a hierarchical namespace are empty blobs with this mark. */
    private static boolean isFolder(@Nullable Map<String, String> metadata) {
        return metadata != null
                && metadata.entrySet().stream()
                        .anyMatch(entry -> entry.getKey().equalsIgnoreCase("hdi_isfolder")
                                && entry.getValue().equalsIgnoreCase("true"));
    }

    private List<RemoteObject> below(BlobContainerClient container, AzurePlace place, String prefix) {
        ListBlobsOptions options =
                new ListBlobsOptions().setPrefix(prefix).setDetails(new BlobListDetails().setRetrieveMetadata(true));
        List<RemoteObject> found = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            Page page = attempts.of(place.place(), () -> page(container, place, options, from));
            for (BlobItem item : page.items()) {
                if (!item.getName().endsWith("/") && !isFolder(item.getMetadata())) {
                    found.add(object(
                            place,
                            item.getName(),
                            prefix.length(),
                            item.getProperties().getContentLength(),
                            item.getProperties().getETag(),
                            item.getProperties().getLastModified()));
                }
            }
            token = page.next();
        } while (token != null && !token.isEmpty());
        return found;
    }

    /** One page of a listing. */
    private record Page(List<BlobItem> items, @Nullable String next) {}

    private static Page page(
            BlobContainerClient container, AzurePlace place, ListBlobsOptions options, @Nullable String token)
            throws IOException {
        try {
            for (PagedResponse<BlobItem> answer :
                    container.listBlobs(options, token, null).iterableByPage()) {
                return new Page(answer.getValue(), answer.getContinuationToken());
            }
            return new Page(List.of(), null);
        } catch (RuntimeException e) {
            throw AzureFailures.of(e, place);
        }
    }

    private static RemoteObject object(
            AzurePlace place,
            String key,
            int nameStart,
            @Nullable Long bytes,
            @Nullable String tag,
            @Nullable OffsetDateTime modified) {
        return new RemoteObject(
                place.location().at(key).toString(),
                key.substring(nameStart),
                bytes == null ? 0 : bytes,
                Optional.ofNullable(modified).map(OffsetDateTime::toInstant),
                tag == null ? "" : tag.replace("\"", ""));
    }

    @Override
    public void fetch(RemoteObject object, Path target, Secrets secrets, LongConsumer progress) {
        AzurePlace place = AzurePlace.parse(object.uri());
        BlobClient blob = containers.of(place, secrets).getBlobClient(place.key());
        new ResumedCopy(attempts)
                .copy(
                        object,
                        target,
                        offset -> new ResumedCopy.Part(
                                new BlobParts(blob, place, object, offset), offset, object.bytes()),
                        progress);
    }
}
