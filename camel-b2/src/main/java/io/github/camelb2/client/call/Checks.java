// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.model.file.MetadataDirective;
import io.github.camelb2.client.model.protection.Encryption;

/** Refuses requests that B2 would refuse: every message names the member, its value and what to do. */
final class Checks {
    private static final Pattern BUCKET_NAME = Pattern.compile("[A-Za-z0-9.-]{6,63}");
    private static final Pattern KEY_NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");

    private Checks() {}

    static <T> T notNull(String call, String member, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(call + " needs " + member + ": it is null");
        }
        return value;
    }

    static <T> T given(String call, String member, @Nullable T value) {
        notNull(call, member, value);
        if (value instanceof String text && text.isEmpty()) {
            throw new IllegalArgumentException(call + " needs " + member + ": it is empty");
        }
        return notNull(call, member, value);
    }

    static void notEmpty(String call, String member, Collection<?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(call + " needs at least one entry in " + member);
        }
    }

    static void range(String call, String member, @Nullable Integer value, int least, int most) {
        if (value != null) {
            range(call, member, (long) value, least, most);
        }
    }

    static void range(String call, String member, @Nullable Long value, long least, long most) {
        if (value != null && (value < least || value > most)) {
            throw new IllegalArgumentException(
                    call + ": " + member + " is " + value + "; B2 accepts " + least + " to " + most);
        }
    }

    static void bucketName(String name) {
        if (!BUCKET_NAME.matcher(name).matches() || name.startsWith("b2-")) {
            throw new IllegalArgumentException("bucketName " + FileNames.quote(name)
                    + ": B2 accepts 6 to 63 letters, digits, - and ., not beginning with b2-");
        }
    }

    static void keyName(String name) {
        if (!KEY_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "keyName " + FileNames.quote(name) + ": B2 accepts 1 to 100 letters, digits and -");
        }
    }

    static void prefixNeedsBucket(@Nullable String namePrefix, @Nullable List<String> bucketIds) {
        if (namePrefix != null && (bucketIds == null || bucketIds.isEmpty())) {
            throw new IllegalArgumentException(
                    "namePrefix " + FileNames.quote(namePrefix) + " needs bucketIds: name the buckets it is for");
        }
    }

    static void defaultEncryption(@Nullable Encryption encryption) {
        if (encryption instanceof Encryption.SseC) {
            throw new IllegalArgumentException(
                    "defaultServerSideEncryption is SSE-C: a bucket's default can only be SSE-B2");
        }
    }

    static void directive(
            @Nullable MetadataDirective directive,
            @Nullable String contentType,
            @Nullable Map<String, String> fileInfo) {
        boolean replaces = MetadataDirective.REPLACE.equals(directive);
        if (replaces && contentType == null) {
            throw new IllegalArgumentException(
                    "metadataDirective REPLACE needs contentType: set it, or copy the metadata");
        }
        if (!replaces && (contentType != null || fileInfo != null)) {
            throw new IllegalArgumentException(
                    "contentType and fileInfo of a copy need metadataDirective REPLACE: set it, or leave them out");
        }
    }

    static String inBucket(@Nullable String name, String bucketId) {
        return (name == null || name.isEmpty() ? "" : FileNames.quote(name) + " in ") + "bucket " + bucketId;
    }
}
