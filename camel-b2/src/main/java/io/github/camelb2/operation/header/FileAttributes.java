package io.github.camelb2.operation.header;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.ContentOverrides;
import io.github.camelb2.client.model.FileInfo;
import io.github.camelb2.client.model.FileRetention;
import io.github.camelb2.client.model.LegalHold;
import io.github.camelb2.client.model.RetentionMode;

/** Reads from headers what is stored beside the content of a file. */
public final class FileAttributes {
    private FileAttributes() {}

    /** What the message says of a file to store; the time of modification of a local file if it says none. */
    public static UploadFile file(Params params, Optional<Path> localFile) {
        Map<String, String> info = info(params);
        localFile.ifPresent(file -> info.computeIfAbsent(FileInfo.SRC_LAST_MODIFIED_MILLIS, key -> lastModified(file)));
        UploadFile file = UploadFile.of(params.bucketName(), params.fileName())
                .withContentType(params.require(Inputs.CONTENT_TYPE))
                .withFileInfo(info);
        file = params.encryption().map(file::withServerSideEncryption).orElse(file);
        file = retention(params).map(file::withFileRetention).orElse(file);
        return legalHold(params).map(file::withLegalHold).orElse(file);
    }

    private static String lastModified(Path file) {
        try {
            return String.valueOf(Files.getLastModifiedTime(file).toMillis());
        } catch (IOException e) {
            throw new B2LocalContentException(
                    ErrorDetails.local(
                            "upload", "file " + file, "its time of modification cannot be read: " + e.getMessage()),
                    e);
        }
    }

    /** The information of the message, with the headers that stand for one entry each. */
    public static Map<String, String> info(Params params) {
        Map<String, String> info =
                new LinkedHashMap<>(params.findTextMap(Inputs.FILE_INFO).orElse(Map.of()));
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
        String mode = params.require(Inputs.RETENTION_MODE.demanded());
        return mode.equals("none")
                ? FileRetention.NONE
                : new FileRetention(new RetentionMode(mode), params.require(Inputs.RETAIN_UNTIL.demanded()));
    }

    /** What a download is to answer in place of the stored headers; those that an earlier download found do not count. */
    public static ContentOverrides overrides(Params params) {
        return new ContentOverrides(
                params.find(Inputs.CONTENT_DISPOSITION.unlessWritten()).orElse(null),
                params.find(Inputs.CONTENT_LANGUAGE.unlessWritten()).orElse(null),
                params.find(Inputs.EXPIRES.unlessWritten()).orElse(null),
                params.find(Inputs.CACHE_CONTROL.unlessWritten()).orElse(null),
                params.find(Inputs.CONTENT_ENCODING.unlessWritten()).orElse(null),
                params.find(Inputs.CONTENT_TYPE_OVERRIDE).orElse(null));
    }

    /** The legal hold of the message, if it says one. */
    public static Optional<LegalHold> legalHold(Params params) {
        return params.find(Inputs.LEGAL_HOLD).map(LegalHold::new);
    }
}
