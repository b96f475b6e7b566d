// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Changes the answers of the emulator: some versions are called by a word that B2 has never said. Thread-safe. */
final class UnknownActions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> fileIds = ConcurrentHashMap.newKeySet();

    /** From now on that version is called so, in listings and where it is asked for by itself. */
    void add(String fileId) {
        fileIds.add(fileId);
    }

    /** Has the answers to that context changed; before its first call. */
    void changeAnswersTo(CamelContext context) {
        context.getComponent("https", HttpComponent.class)
                .setHttpClientConfigurer(builder -> builder.addExecInterceptorFirst(
                        "unknown actions",
                        (request, scope, chain) -> changed(request.getPath(), chain.proceed(request, scope))));
    }

    private ClassicHttpResponse changed(String path, ClassicHttpResponse response) throws IOException {
        boolean isOfVersions = path.contains("/b2_list_file_") || path.contains("/b2_get_file_info");
        if (!isOfVersions || response.getEntity() == null) {
            return response;
        }
        JsonNode answer = JSON.readTree(EntityUtils.toByteArray(response.getEntity()));
        answer.path("files").forEach(this::change);
        change(answer);
        byte[] bytes = JSON.writeValueAsBytes(answer);
        response.setHeader(HttpHeaders.CONTENT_LENGTH, bytes.length);
        response.setEntity(new ByteArrayEntity(bytes, ContentType.APPLICATION_JSON));
        return response;
    }

    private void change(JsonNode version) {
        if (fileIds.contains(version.path("fileId").asText())) {
            ((ObjectNode) version).put("action", "archive");
        }
    }
}
