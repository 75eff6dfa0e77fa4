package tatara.connectors.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;
import tatara.core.remote.Attempts;
import tatara.core.remote.ObjectLocation;
import tatara.core.remote.Pauses;
import tatara.core.remote.ResumedCopy;

/**
 * Objects of S3 (D1): {@code s3://BUCKET/KEY}. Options: {@code endpoint}, {@code region}, {@code access-key}, {@code secret-key},
 * {@code session-token}, {@code profile}, {@code anonymous=true}; without them the environment, profile or role that Amazon's tools use. The
 * version is the ETag. Thread-safe.
 */
public final class S3Connector implements Connector {
    private static final Set<String> OPTIONS =
            Set.of("endpoint", "region", "access-key", "secret-key", "session-token", "profile", "anonymous");

    private final S3Clients clients = new S3Clients();
    private final Attempts attempts;

    public S3Connector() {
        this(Pauses.sleeping());
    }

    S3Connector(Pauses pauses) {
        this.attempts = new Attempts(pauses);
    }

    @Override
    public Set<String> schemes() {
        return Set.of("s3", "s3a");
    }

    @Override
    public List<RemoteObject> list(String location, Secrets secrets) {
        ObjectLocation place = ObjectLocation.parse(location, OPTIONS);
        S3Client client = clients.of(place, secrets);
        if (!place.key().isEmpty() && !place.key().endsWith("/")) {
            Optional<RemoteObject> single = single(client, place);
            boolean marksFolder = single.isPresent()
                    && single.get().bytes() == 0
                    && !below(client, place, place.key() + "/").isEmpty();
            if (single.isPresent() && !marksFolder) {
                return List.of(single.get());
            }
        }
        String prefix = place.key().isEmpty() || place.key().endsWith("/") ? place.key() : place.key() + "/";
        List<RemoteObject> found = below(client, place, prefix);
        if (found.isEmpty()) {
            throw S3Failures.notFound("there is no such object and nothing below it", place);
        }
        return found;
    }

    private Optional<RemoteObject> single(S3Client client, ObjectLocation place) {
        HeadObjectRequest request = HeadObjectRequest.builder()
                .bucket(place.container())
                .key(place.key())
                .build();
        return attempts.of(place.place(), () -> {
            try {
                HeadObjectResponse head = client.headObject(request);
                return Optional.of(object(
                        place,
                        place.key(),
                        place.key().lastIndexOf('/') + 1,
                        head.contentLength(),
                        head.eTag(),
                        head.lastModified()));
            } catch (AwsServiceException e) {
                if (e.statusCode() == 404) {
                    return Optional.empty();
                }
                throw S3Failures.of(e, place);
            } catch (SdkException e) {
                throw S3Failures.of(e, place);
            }
        });
    }

    private List<RemoteObject> below(S3Client client, ObjectLocation place, String prefix) {
        List<RemoteObject> found = new ArrayList<>();
        String token = "";
        do {
            ListObjectsV2Request.Builder request =
                    ListObjectsV2Request.builder().bucket(place.container()).prefix(prefix);
            ListObjectsV2Request page = token.isEmpty()
                    ? request.build()
                    : request.continuationToken(token).build();
            ListObjectsV2Response answer = attempts.of(place.place(), () -> page(client, page, place));
            for (S3Object one : answer.contents()) {
                if (!one.key().endsWith("/")) {
                    found.add(object(place, one.key(), prefix.length(), one.size(), one.eTag(), one.lastModified()));
                }
            }
            token = Boolean.TRUE.equals(answer.isTruncated()) ? answer.nextContinuationToken() : "";
        } while (!token.isEmpty());
        return found;
    }

    private static ListObjectsV2Response page(S3Client client, ListObjectsV2Request page, ObjectLocation place)
            throws IOException {
        try {
            return client.listObjectsV2(page);
        } catch (SdkException e) {
            throw S3Failures.of(e, place);
        }
    }

    private static RemoteObject object(
            ObjectLocation place, String key, int nameStart, long bytes, String tag, Instant modified) {
        return new RemoteObject(
                place.at(key).toString(),
                key.substring(nameStart),
                bytes,
                Optional.ofNullable(modified),
                tag == null ? "" : tag);
    }

    @Override
    public void fetch(RemoteObject object, Path target, Secrets secrets, LongConsumer progress) {
        ObjectLocation place = ObjectLocation.parse(object.uri(), OPTIONS);
        S3Client client = clients.of(place, secrets);
        new ResumedCopy(attempts).copy(object, target, offset -> open(client, place, object, offset), progress);
    }

    private static ResumedCopy.Part open(S3Client client, ObjectLocation place, RemoteObject object, long offset)
            throws IOException {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(place.container()).key(place.key());
        if (!object.version().isEmpty()) {
            request.ifMatch(object.version());
        }
        if (offset > 0) {
            request.range("bytes=" + offset + "-");
        }
        try {
            ResponseInputStream<GetObjectResponse> content = client.getObject(request.build());
            String range = content.response().contentRange();
            boolean partial = range != null && offset > 0;
            return new ResumedCopy.Part(
                    new Abortable(content), partial ? offset : 0, total(content.response(), partial, offset));
        } catch (SdkException e) {
            throw S3Failures.of(e, place);
        }
    }

    private static long total(GetObjectResponse response, boolean partial, long offset) {
        Long length = response.contentLength();
        if (length == null) {
            return -1;
        }
        return partial ? offset + length : length;
    }

    @Override
    public void close() {
        clients.close();
    }
}
