// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.json.Tokens;

/**
 * Asks for the id of a bucket, by {@code b2_list_buckets}. Rules and locks of the bucket are not read: the first file of a
 * process waits for this.
 */
public record FindBucket(@Nullable String accountId, String bucketName)
        implements AccountCall<FindBucket.Answer>, PlainCall<FindBucket.Answer> {
    private static final Kind<Answer> KIND =
            new Kind<>("b2_list_buckets", Answer.class, Capability.LIST_BUCKETS, TransactionClass.C);

    /** The bucket; empty where there is none that the key may see. */
    public record Answer(Optional<BucketEntry> bucket) {}

    /** In the account of the login. */
    public static FindBucket of(String bucketName) {
        return new FindBucket(null, bucketName);
    }

    @Override
    public B2Call<Answer> withAccountId(String value) {
        return new FindBucket(value, bucketName);
    }

    @Override
    public Kind<Answer> kind() {
        return KIND;
    }

    @Override
    public String subject() {
        return FileNames.quote(bucketName);
    }

    @Override
    public byte[] write() {
        return Json.writeTexts("accountId", accountId, "bucketName", bucketName);
    }

    @Override
    public Answer read(InputStream json) throws IOException {
        return Json.read(json, this::answer);
    }

    private Answer answer(JsonParser json) throws IOException {
        Tokens.start(json);
        Optional<BucketEntry> found = Optional.empty();
        boolean isListing = false;
        for (String name = Tokens.next(json); name != null; name = Tokens.next(json)) {
            if (!name.equals("buckets") || !json.hasToken(JsonToken.START_ARRAY)) {
                json.skipChildren();
                continue;
            }
            isListing = true;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                BucketEntry bucket = bucket(json);
                if (found.isEmpty() && bucket.name().equalsIgnoreCase(bucketName)) {
                    found = Optional.of(bucket);
                }
            }
        }
        if (!isListing) {
            throw Tokens.unexpected(json);
        }
        return new Answer(found);
    }

    private static BucketEntry bucket(JsonParser json) throws IOException {
        Tokens.start(json);
        String bucketName = "";
        String bucketId = "";
        for (String name = Tokens.next(json); name != null; name = Tokens.next(json)) {
            switch (name) {
                case "bucketName" -> bucketName = Tokens.text(json);
                case "bucketId" -> bucketId = Tokens.text(json);
                default -> json.skipChildren();
            }
        }
        try {
            return new BucketEntry(bucketName, Answers.required("bucket", "bucketId", bucketId));
        } catch (IllegalArgumentException e) {
            throw Tokens.refused(e);
        }
    }
}
