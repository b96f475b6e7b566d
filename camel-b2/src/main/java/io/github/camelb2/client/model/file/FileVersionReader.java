// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.ExpectedNames;
import io.github.camelb2.client.model.json.Tokens;
import io.github.camelb2.client.model.protection.EncryptionMode;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.Guarded;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.client.model.protection.RetentionMode;
import io.github.camelb2.client.model.protection.ServerSideEncryption;

/**
 * Reads a file version token by token, because listings bring them by the million, and reflection takes several times
 * the processor time. As everywhere, members that are not known are skipped, and null is as good as none. Thread-safe.
 */
final class FileVersionReader {
    private static final ExpectedNames.Kind VERSION = ExpectedNames.Kind.of(
            "accountId",
            "action",
            "bucketId",
            "contentLength",
            "contentMd5",
            "contentSha1",
            "contentType",
            "fileId",
            "fileInfo",
            "fileName",
            "fileRetention",
            "legalHold",
            "replicationStatus",
            "serverSideEncryption",
            "uploadTimestamp",
            "size");
    private static final ExpectedNames.Kind INFO =
            ExpectedNames.Kind.of(FileInfo.LARGE_FILE_SHA1, FileInfo.SRC_LAST_MODIFIED_MILLIS);
    private static final ExpectedNames.Kind GUARDED = ExpectedNames.Kind.of("isClientAuthorizedToRead", "value");
    private static final ExpectedNames.Kind RETENTION = ExpectedNames.Kind.of("mode", "retainUntilTimestamp");
    private static final ExpectedNames.Kind ENCRYPTION = ExpectedNames.Kind.of("algorithm", "mode");
    private static final Guarded<FileRetention> NOT_RETAINED = Guarded.readable(FileRetention.NONE);
    private static final Guarded<LegalHold> NOT_HELD = Guarded.readable(null);

    /** Whether account, bucket, MD5 and media type are passed over. */
    private final boolean isSlim;

    FileVersionReader() {
        this(false);
    }

    private FileVersionReader(boolean isSlim) {
        this.isSlim = isSlim;
    }

    /** Passes over account, bucket, MD5 and media type. */
    static FileVersionReader ofListings() {
        return new FileVersionReader(true);
    }

    /** Reads the version that the parser stands at the beginning of. */
    FileVersion read(JsonParser json, Common common) throws IOException {
        return new Reading(json, common).fileVersion();
    }

    /** The same where the answer is read by data binding. */
    static final class Bound extends StdDeserializer<FileVersion> {
        private static final long serialVersionUID = 1L;

        private final transient FileVersionReader reader = new FileVersionReader();

        Bound() {
            super(FileVersion.class);
        }

        @Override
        public FileVersion deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return reader.read(json, common(context));
        }

        private static Common common(DeserializationContext context) {
            if (context.getAttribute(Common.class) instanceof Common known) {
                return known;
            }
            Common fresh = new Common();
            context.setAttribute(Common.class, fresh);
            return fresh;
        }
    }

    /**
     * What the versions of one answer mostly have in common, as the last of them had it: who reads a million of them
     * keeps one bucket id and not a million. For one answer, which one thread reads.
     */
    static final class Common {
        private String accountId = "";
        private String bucketId = "";
        private String contentType = "";
        private Action action = Action.UPLOAD;
        private ServerSideEncryption encryption = ServerSideEncryption.NONE;
        private final ExpectedNames ofVersion = new ExpectedNames(VERSION);
        private final ExpectedNames ofInfo = new ExpectedNames(INFO);
        private final ExpectedNames ofGuarded = new ExpectedNames(GUARDED);
        private final ExpectedNames ofRetention = new ExpectedNames(RETENTION);
        private final ExpectedNames ofEncryption = new ExpectedNames(ENCRYPTION);
    }

    @FunctionalInterface
    private interface ValueReader<T> {
        T read() throws IOException;
    }

    /** One file version being read. Its fields are the members of {@link FileVersion}. */
    private final class Reading {
        private final JsonParser json;
        private final Common common;
        private String accountId = "";
        private Action action = Action.UPLOAD;
        private String bucketId = "";
        private long contentLength;
        private @Nullable String contentMd5;
        private String contentSha1 = FileVersion.NO_SHA1;
        private String contentType = "";
        private String fileId = "";
        private Map<String, String> fileInfo = Map.of();
        private String fileName = "";
        private @Nullable Guarded<FileRetention> fileRetention;
        private @Nullable Guarded<LegalHold> legalHold;
        private @Nullable ReplicationStatus replicationStatus;
        private @Nullable ServerSideEncryption serverSideEncryption;
        private long uploadTimestamp;

        Reading(JsonParser json, Common common) {
            this.json = json;
            this.common = common;
        }

        FileVersion fileVersion() throws IOException {
            try {
                for (String name = common.ofVersion.first(json); name != null; name = common.ofVersion.next(json)) {
                    read(name);
                }
                if (!Action.FOLDER.equals(action)) {
                    // What stands for several files has none.
                    Answers.required("file version", "fileId", fileId);
                }
                return new FileVersion(
                        accountId,
                        action,
                        bucketId,
                        contentLength,
                        contentMd5,
                        contentSha1,
                        contentType,
                        fileId,
                        fileInfo,
                        fileName,
                        fileRetention,
                        legalHold,
                        replicationStatus,
                        serverSideEncryption,
                        uploadTimestamp);
            } catch (IllegalArgumentException e) {
                throw Tokens.refused(e);
            }
        }

        private void read(String name) throws IOException {
            switch (name) {
                case "accountId", "bucketId", "contentMd5", "contentType" -> readInFull(name);
                case "action" -> action = common.action = action();
                case "contentLength", "size" -> contentLength = number();
                case "contentSha1" -> contentSha1 = text();
                case "fileId" -> fileId = text();
                case "fileInfo" -> fileInfo = info();
                case "fileName" -> fileName = text();
                case "fileRetention" -> fileRetention = guarded(this::retention, NOT_RETAINED);
                case "legalHold" -> legalHold = guarded(() -> new LegalHold(text()), NOT_HELD);
                case "replicationStatus" -> replicationStatus = new ReplicationStatus(text());
                case "serverSideEncryption" -> serverSideEncryption = encryption();
                case "uploadTimestamp" -> uploadTimestamp = number();
                default -> json.skipChildren();
            }
        }

        /** A text that nobody reads costs the parser little. */
        private void readInFull(String name) throws IOException {
            if (isSlim) {
                json.skipChildren();
                return;
            }
            switch (name) {
                case "accountId" -> accountId = common.accountId = text(common.accountId);
                case "bucketId" -> bucketId = common.bucketId = text(common.bucketId);
                case "contentMd5" -> contentMd5 = text();
                default -> contentType = common.contentType = text(common.contentType);
            }
        }

        /** @param none what most versions have: all of them have the same one then */
        private <T> Guarded<T> guarded(ValueReader<T> reader, Guarded<T> none) throws IOException {
            boolean readable = false;
            T value = null;
            for (String name = common.ofGuarded.first(json); name != null; name = common.ofGuarded.next(json)) {
                switch (name) {
                    case "isClientAuthorizedToRead" -> readable = Tokens.bool(json);
                    case "value" -> value = reader.read();
                    default -> json.skipChildren();
                }
            }
            return readable && value == none.value() ? none : new Guarded<>(readable, value);
        }

        private FileRetention retention() throws IOException {
            RetentionMode mode = null;
            Long until = null;
            for (String name = common.ofRetention.first(json); name != null; name = common.ofRetention.next(json)) {
                switch (name) {
                    case "mode" -> mode = new RetentionMode(text());
                    case "retainUntilTimestamp" -> until = number();
                    default -> json.skipChildren();
                }
            }
            return mode == null && until == null ? FileRetention.NONE : new FileRetention(mode, until);
        }

        private Action action() throws IOException {
            String name = text(common.action.name());
            return name.equals(common.action.name()) ? common.action : new Action(name);
        }

        private ServerSideEncryption encryption() throws IOException {
            ServerSideEncryption before = common.encryption;
            String modeBefore = before.mode() == null ? null : before.mode().name();
            String mode = null;
            String algorithm = null;
            for (String name = common.ofEncryption.first(json); name != null; name = common.ofEncryption.next(json)) {
                switch (name) {
                    case "mode" -> mode = text(modeBefore == null ? "" : modeBefore);
                    case "algorithm" -> algorithm = text(before.algorithm() == null ? "" : before.algorithm());
                    default -> json.skipChildren();
                }
            }
            if (!Objects.equals(mode, modeBefore) || !Objects.equals(algorithm, before.algorithm())) {
                common.encryption = new ServerSideEncryption(mode == null ? null : new EncryptionMode(mode), algorithm);
            }
            return common.encryption;
        }

        private Map<String, String> info() throws IOException {
            String first = common.ofInfo.first(json);
            if (first == null) {
                return Map.of();
            }
            String text = text();
            String second = common.ofInfo.next(json);
            if (second == null) {
                return Map.of(first, text);
            }
            Map<String, String> info = new LinkedHashMap<>();
            info.put(first, text);
            for (String name = second; name != null; name = common.ofInfo.next(json)) {
                if (info.put(name, text()) != null) {
                    throw Tokens.unexpected(json);
                }
            }
            return info;
        }

        private String text() throws IOException {
            return Tokens.text(json);
        }

        /** The same, and the very text that was read before where they are equal: it is not made once more then. */
        private String text(String before) throws IOException {
            if (!json.hasToken(JsonToken.VALUE_STRING) || json.getTextLength() != before.length()) {
                return text();
            }
            char[] characters = json.getTextCharacters();
            int offset = json.getTextOffset();
            for (int i = 0; i < before.length(); i++) {
                if (characters[offset + i] != before.charAt(i)) {
                    return text();
                }
            }
            return before;
        }

        private long number() throws IOException {
            return Tokens.number(json);
        }
    }
}
