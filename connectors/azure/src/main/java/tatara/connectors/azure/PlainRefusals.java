package tatara.connectors.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import reactor.core.publisher.Mono;

/** Refusals whose text is no document of Azure's, such as those of a proxy: the client would fail on the text and lose the status. */
final class PlainRefusals implements HttpPipelinePolicy {
    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return next.process().map(PlainRefusals::checked);
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        return checked(next.processSync());
    }

    private static HttpResponse checked(HttpResponse response) {
        String type = response.getHeaders().getValue(HttpHeaderName.CONTENT_TYPE);
        boolean document = type != null && (type.contains("xml") || type.contains("json"));
        if (response.getStatusCode() >= 400 && !document) {
            response.close();
            throw new HttpResponseException("HTTP " + response.getStatusCode(), response);
        }
        return response;
    }
}
