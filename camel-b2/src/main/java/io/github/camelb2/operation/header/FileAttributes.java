// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.ContentOverrides;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.client.model.protection.RetentionMode;
import io.github.camelb2.client.transfer.local.LocalFailure;

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
     */
    public static UploadFile file(Params params, Optional<Path> localFile) {
        Map<String, String> info = info(params);
        localFile.ifPresent(file -> info.computeIfAbsent(FileInfo.SRC_LAST_MODIFIED_MILLIS, key -> lastModified(file)));
        return new UploadFile(
                params.bucketName(),
                null,
                params.nameToStore(),
                contentType(params),
                info,
                params.encryption().orElse(null),
                retention(params).orElse(null),
                legalHold(params).orElse(null),
                params.find(Inputs.UPLOAD_TIMESTAMP).orElse(null));
    }

    /** The type that the step says; else that of the very body; else what other components say; else B2's choice. */
    private static String contentType(Params params) {
        return saidContentType(params)
                .or(() -> contentTypeOf(params.described()))
                .or(params::foreignContentType)
                .orElse(UploadFile.AUTO_CONTENT_TYPE);
    }

    /** The type of a copy: what the step says; else that of its source, where that is known; else B2's choice. */
    public static String contentType(Params params, Optional<FileVersion> source) {
        return saidContentType(params).or(() -> contentTypeOf(source)).orElse(UploadFile.AUTO_CONTENT_TYPE);
    }

    /** The type that the step says; what is built in says nothing. */
    public static Optional<String> saidContentType(Params params) {
        boolean isOurs = !params.options().isGiven("contentType") && !params.isOrdered(B2Constants.CONTENT_TYPE);
        return params.find(Inputs.CONTENT_TYPE).filter(type -> !(isOurs && UploadFile.AUTO_CONTENT_TYPE.equals(type)));
    }

    private static Optional<String> contentTypeOf(Optional<FileVersion> file) {
        return file.map(FileVersion::contentType).filter(type -> !type.isEmpty());
    }

    private static String lastModified(Path file) {
        try {
            return String.valueOf(Files.getLastModifiedTime(file).toMillis());
        } catch (IOException e) {
            throw new B2LocalContentException(
                    ErrorDetails.local(
                            "upload",
                            "file " + file,
                            "its time of modification cannot be read: " + LocalFailure.reason(e)),
                    e);
        }
    }

    /**
     * The information of the message, with the headers that stand for one entry each. Of the very body count, behind
     * those, the entries with a meaning of their own (its time, its encoding, its language), and, where the message has
     * no information of its own, all.
     */
    private static Map<String, String> info(Params params) {
        return info(params, params.described());
    }

    /** The same for a copy, where the source may be known. */
    public static Map<String, String> info(Params params, Optional<FileVersion> source) {
        Map<String, String> known = source.map(FileVersion::fileInfo).orElse(Map.of());
        Optional<Map<String, String>> said = params.findTextMap(Inputs.FILE_INFO);
        Map<String, String> info = new LinkedHashMap<>();
        known.forEach((key, value) -> {
            if (said.isEmpty() || OF_THE_CONTENT.contains(key.toLowerCase(Locale.ROOT))) {
                info.put(key, value);
            }
        });
        said.orElse(Map.of()).forEach((key, value) -> put(info, key, Optional.of(value)));
        // It describes the content that the map was read with; the upload adds that of its own.
        info.keySet().removeIf(FileInfo.LARGE_FILE_SHA1::equalsIgnoreCase);
        put(info, FileInfo.CONTENT_DISPOSITION, params.find(Inputs.CONTENT_DISPOSITION));
        put(info, FileInfo.CONTENT_ENCODING, params.find(Inputs.CONTENT_ENCODING));
        put(info, FileInfo.CONTENT_LANGUAGE, params.find(Inputs.CONTENT_LANGUAGE));
        put(info, FileInfo.CACHE_CONTROL, params.find(Inputs.CACHE_CONTROL));
        put(info, FileInfo.EXPIRES, params.find(Inputs.EXPIRES));
        put(
                info,
                FileInfo.SRC_LAST_MODIFIED_MILLIS,
                params.find(Inputs.LAST_MODIFIED).map(String::valueOf));
        return info;
    }

    private static void put(Map<String, String> info, String key, Optional<String> value) {
        if (value.isPresent()) {
            info.keySet().removeIf(key::equalsIgnoreCase);
            info.put(key, value.get());
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
        return params.find(Inputs.LEGAL_HOLD).map(LegalHold::new);
    }
}
