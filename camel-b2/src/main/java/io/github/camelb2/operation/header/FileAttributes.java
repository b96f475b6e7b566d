// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.ContentOverrides;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.client.model.protection.RetentionMode;

/** Reads from headers what is stored beside the content of a file. */
public final class FileAttributes {
    /** What stays true of a content whatever its user says of it: its time, and how it is to be read. */
    private static final Set<String> OF_THE_CONTENT = Set.of(
            FileInfo.SRC_LAST_MODIFIED_MILLIS,
            FileInfo.CONTENT_DISPOSITION,
            FileInfo.CONTENT_LANGUAGE,
            FileInfo.CONTENT_ENCODING,
            FileInfo.CACHE_CONTROL,
            FileInfo.EXPIRES);

    private FileAttributes() {}

    /**
     * What is stored beside the content of the message: what the message says; else what is known of the very body; else
     * the time of a local file.
     *
     * @param lastModified the time of a local file, in milliseconds since 1970
     */
    public static UploadFile file(Params params, OptionalLong lastModified) {
        Map<String, String> info = info(params, params.described());
        if (lastModified.isPresent()) {
            info.putIfAbsent(FileInfo.SRC_LAST_MODIFIED_MILLIS, Long.toString(lastModified.getAsLong()));
        }
        return new UploadFile(
                params.bucketName(),
                null,
                params.nameToStore(),
                contentType(params),
                info,
                params.encryption().orElse(null),
                retention(params).orElse(null),
                legalHold(params).orElse(null),
                params.get(Inputs.UPLOAD_TIMESTAMP));
    }

    /** The type that the step says; else that of the very body; else what other components say; else B2's choice. */
    private static String contentType(Params params) {
        Optional<String> type = saidContentType(params);
        if (type.isEmpty()) {
            type = contentTypeOf(params.described());
        }
        if (type.isEmpty()) {
            type = params.foreignContentType();
        }
        return type.orElse(UploadFile.AUTO_CONTENT_TYPE);
    }

    /** The type of a copy: what the step says; else that of its source, where that is known; else B2's choice. */
    public static String contentType(Params params, Optional<FileVersion> source) {
        return saidContentType(params).or(() -> contentTypeOf(source)).orElse(UploadFile.AUTO_CONTENT_TYPE);
    }

    /** The type that the step says; what is built in says nothing. */
    public static Optional<String> saidContentType(Params params) {
        Optional<String> type = params.find(Inputs.CONTENT_TYPE);
        boolean isBuiltIn = type.isPresent()
                && UploadFile.AUTO_CONTENT_TYPE.equals(type.get())
                && !params.options().isGiven("contentType")
                && !params.isOrdered(B2Constants.CONTENT_TYPE);
        return isBuiltIn ? Optional.empty() : type;
    }

    private static Optional<String> contentTypeOf(Optional<FileVersion> file) {
        boolean isKnown = file.isPresent() && !file.get().contentType().isEmpty();
        return isKnown ? Optional.of(file.get().contentType()) : Optional.empty();
    }

    /**
     * The information of the message, with the headers that stand for one entry each. Of what is known of the content
     * count, behind those, the entries with a meaning of their own (its time, its encoding, its language), and, where the
     * message has no information of its own, all.
     *
     * @param source what is known of the content
     */
    public static Map<String, String> info(Params params, Optional<FileVersion> source) {
        Optional<Map<String, String>> said = params.findTextMap(Inputs.FILE_INFO);
        Map<String, String> info = new LinkedHashMap<>();
        if (source.isPresent()) {
            for (Map.Entry<String, String> entry : source.get().fileInfo().entrySet()) {
                if (said.isEmpty() || OF_THE_CONTENT.contains(entry.getKey().toLowerCase(Locale.ROOT))) {
                    info.put(entry.getKey(), entry.getValue());
                }
            }
        }
        if (said.isPresent()) {
            for (Map.Entry<String, String> entry : said.get().entrySet()) {
                put(info, entry.getKey(), entry.getValue());
            }
        }
        // It describes the content that the map was read with; the upload adds that of its own.
        remove(info, FileInfo.LARGE_FILE_SHA1);
        put(info, FileInfo.CONTENT_DISPOSITION, params.get(Inputs.CONTENT_DISPOSITION));
        put(info, FileInfo.CONTENT_ENCODING, params.get(Inputs.CONTENT_ENCODING));
        put(info, FileInfo.CONTENT_LANGUAGE, params.get(Inputs.CONTENT_LANGUAGE));
        put(info, FileInfo.CACHE_CONTROL, params.get(Inputs.CACHE_CONTROL));
        put(info, FileInfo.EXPIRES, params.get(Inputs.EXPIRES));
        Long modified = params.get(Inputs.LAST_MODIFIED);
        put(info, FileInfo.SRC_LAST_MODIFIED_MILLIS, modified == null ? null : modified.toString());
        return info;
    }

    private static void put(Map<String, String> info, String key, @Nullable String value) {
        if (value != null) {
            remove(info, key);
            info.put(key, value);
        }
    }

    private static void remove(Map<String, String> info, String key) {
        if (!info.isEmpty()) {
            info.keySet().removeIf(key::equalsIgnoreCase);
        }
    }

    /** The retention of the message; empty for the default of the bucket. */
    public static Optional<FileRetention> retention(Params params) {
        Optional<String> mode = params.find(Inputs.RETENTION_MODE);
        Optional<Long> until = params.find(Inputs.RETAIN_UNTIL);
        if (mode.isEmpty() && until.isEmpty()) {
            return Optional.empty();
        }
        if (mode.isPresent() && mode.get().equals("none")) {
            return Optional.of(FileRetention.NONE);
        }
        if (mode.isEmpty() || until.isEmpty()) {
            throw params.missing(
                    "both a retention mode and its end",
                    "the headers " + B2Constants.FILE_RETENTION_MODE + " and " + B2Constants.RETAIN_UNTIL);
        }
        return Optional.of(new FileRetention(new RetentionMode(mode.get()), until.get()));
    }

    /**
     * The retention that a version is to have.
     *
     * @throws IllegalArgumentException if the message does not say one
     */
    public static FileRetention newRetention(Params params) {
        String mode = params.require(Inputs.RETENTION_MODE);
        return mode.equals("none")
                ? FileRetention.NONE
                : new FileRetention(new RetentionMode(mode), params.require(Inputs.RETAIN_UNTIL));
    }

    /** What a download is to answer in place of the stored headers. */
    public static ContentOverrides overrides(Params params) {
        return new ContentOverrides(
                params.find(Inputs.CONTENT_DISPOSITION).orElse(null),
                params.find(Inputs.CONTENT_LANGUAGE).orElse(null),
                params.find(Inputs.EXPIRES).orElse(null),
                params.find(Inputs.CACHE_CONTROL).orElse(null),
                params.find(Inputs.CONTENT_ENCODING).orElse(null),
                params.find(Inputs.CONTENT_TYPE)
                        .filter(type -> !UploadFile.AUTO_CONTENT_TYPE.equals(type))
                        .orElse(null));
    }

    /** The legal hold of the message, if it says one. */
    public static Optional<LegalHold> legalHold(Params params) {
        String hold = params.get(Inputs.LEGAL_HOLD);
        return hold == null ? Optional.empty() : Optional.of(new LegalHold(hold));
    }
}
