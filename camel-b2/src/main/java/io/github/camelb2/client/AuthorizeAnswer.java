// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.Allowed;
import io.github.camelb2.client.api.Allowed.AllowedBucket;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.model.json.UnusableAnswerException;

/**
 * Reads what b2_authorize_account answers: in version 4's form, or in the flatter ones of versions 3, 2 and 1, which
 * some services that speak B2's language still answer.
 *
 * @see <a href="https://www.backblaze.com/apidocs/b2-authorize-account">Backblaze: b2_authorize_account</a>
 */
final class AuthorizeAnswer {
    private static final long DEFAULT_PART_SIZE = 100_000_000;
    private static final long DEFAULT_MINIMUM_PART_SIZE = 5_000_000;

    private AuthorizeAnswer() {}

    /** @throws IOException if a member is missing without which nothing works */
    static AccountInfo read(JsonNode answer, Credentials credentials, String realm) throws IOException {
        JsonNode grouped = answer.path("apiInfo").path("storageApi");
        JsonNode api = grouped.isObject() ? grouped : answer;
        return new AccountInfo(
                text(answer, "accountId"),
                credentials.applicationKeyId(),
                credentials.applicationKey(),
                text(answer, "authorizationToken"),
                address(text(api, "apiUrl")),
                address(text(api, "downloadUrl")),
                api.path("s3ApiUrl").asText(""),
                size(api, "recommendedPartSize", DEFAULT_PART_SIZE),
                size(api, "absoluteMinimumPartSize", DEFAULT_MINIMUM_PART_SIZE),
                // Version 3 has these members beside the addresses, not below "allowed".
                allowed(api.path("allowed").isObject() ? api.path("allowed") : api),
                realm);
    }

    private static Allowed allowed(JsonNode allowed) {
        List<Capability> capabilities = new ArrayList<>();
        allowed.path("capabilities").forEach(it -> capabilities.add(new Capability(it.asText())));
        return new Allowed(buckets(allowed), capabilities, nullable(allowed.path("namePrefix")));
    }

    private static @Nullable List<AllowedBucket> buckets(JsonNode allowed) {
        JsonNode several = allowed.path("buckets");
        if (several.isArray()) {
            List<AllowedBucket> buckets = new ArrayList<>();
            several.forEach(it -> buckets.add(new AllowedBucket(it.path("id").asText(), nullable(it.path("name")))));
            return buckets;
        }
        String one = nullable(allowed.path("bucketId"));
        return one == null ? null : List.of(new AllowedBucket(one, nullable(allowed.path("bucketName"))));
    }

    private static String text(JsonNode from, String member) throws IOException {
        String value = nullable(from.path(member));
        if (value == null || value.isEmpty()) {
            throw new UnusableAnswerException("the answer has no member " + member);
        }
        return value;
    }

    private static String address(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static long size(JsonNode from, String member, long otherwise) {
        long value = from.path(member).asLong(otherwise);
        return value > 0 ? value : otherwise;
    }

    private static @Nullable String nullable(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }
}
