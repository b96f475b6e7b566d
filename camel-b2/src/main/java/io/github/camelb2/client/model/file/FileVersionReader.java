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
 * Reads the file versions of one answer token by token, because listings bring them by the million, and reflection takes
 * several times the processor time. As everywhere, members that are not known are skipped, and null is as good as none.
 * What the versions of an answer have in common is made once: who keeps a million of them keeps one bucket id and not a
 * million. For one answer, which one thread reads.
 *
 * <p>The texts of a version are read in one place, and its numbers in another: a JVM compiles what is called into each
 * place that calls it, and a call for each member took its compiler longer than any other method that an upload or a
 * listing runs through.
 */
final class FileVersionReader {
    private static final String READABLE = "isClientAuthorizedToRead";
    private static final String VALUE = "value";
    private static final String MODE = "mode";
    private static final String UNTIL = "retainUntilTimestamp";
    private static final String ALGORITHM = "algorithm";
    private static final String OTHER = "";

    private static final ExpectedNames.Kind<Member> VERSION = ExpectedNames.Kind.of(Member.byName(), Member.OTHER);
    private static final ExpectedNames.Kind<String> INFO =
            ExpectedNames.Kind.ofNames(FileInfo.LARGE_FILE_SHA1, FileInfo.SRC_LAST_MODIFIED_MILLIS);
    private static final ExpectedNames.Kind<String> GUARDED = ExpectedNames.Kind.ofNames(READABLE, VALUE);
    private static final ExpectedNames.Kind<String> RETENTION = ExpectedNames.Kind.ofNames(MODE, UNTIL);
    private static final ExpectedNames.Kind<String> ENCRYPTION = ExpectedNames.Kind.ofNames(ALGORITHM, MODE);
    private static final Guarded<FileRetention> NOT_RETAINED = Guarded.readable(FileRetention.NONE);
    private static final Guarded<LegalHold> NOT_HELD = Guarded.readable(null);

    private enum Form {
        TEXT,
        /** A text that most versions of an answer share. */
        COMMON,
        NUMBER,
        INFO,
        GUARDED,
        ENCRYPTION,
        NONE
    }

    /** The members of a version, in the order in which B2 sends them; the last two it does not send today. */
    private enum Member {
        ACCOUNT_ID("accountId", Form.COMMON, true),
        ACTION("action", Form.COMMON, false),
        BUCKET_ID("bucketId", Form.COMMON, true),
        CONTENT_LENGTH("contentLength", Form.NUMBER, false),
        CONTENT_MD5("contentMd5", Form.TEXT, true),
        CONTENT_SHA1("contentSha1", Form.TEXT, false),
        CONTENT_TYPE("contentType", Form.COMMON, true),
        FILE_ID("fileId", Form.TEXT, false),
        FILE_INFO("fileInfo", Form.INFO, false),
        FILE_NAME("fileName", Form.TEXT, false),
        FILE_RETENTION("fileRetention", Form.GUARDED, false),
        LEGAL_HOLD("legalHold", Form.GUARDED, false),
        REPLICATION_STATUS("replicationStatus", Form.COMMON, false),
        SERVER_SIDE_ENCRYPTION("serverSideEncryption", Form.ENCRYPTION, false),
        UPLOAD_TIMESTAMP("uploadTimestamp", Form.NUMBER, false),
        /** The length, as the first version of the API called it. */
        SIZE("size", Form.NUMBER, false),
        /** Everything else; at the end, because the others have a place among texts and numbers. */
        OTHER("", Form.NONE, false);

        final String name;
        final Form form;

        /** Whether listings that are compared and not shown do without it. */
        final boolean isDetail;

        Member(String name, Form form, boolean isDetail) {
            this.name = name;
            this.form = form;
            this.isDetail = isDetail;
        }

        static Map<String, Member> byName() {
            Map<String, Member> members = new LinkedHashMap<>();
            for (Member member : values()) {
                if (member.form != Form.NONE) {
                    members.put(member.name, member);
                }
            }
            return members;
        }
    }

    private final JsonParser json;
    private final boolean isSlim;
    private final ExpectedNames<Member> ofVersion = new ExpectedNames<>(VERSION);
    private final ExpectedNames<String> ofInfo = new ExpectedNames<>(INFO);
    private final ExpectedNames<String> ofGuarded = new ExpectedNames<>(GUARDED);
    private final ExpectedNames<String> ofRetention = new ExpectedNames<>(RETENTION);
    private final ExpectedNames<String> ofEncryption = new ExpectedNames<>(ENCRYPTION);

    /**
     * What the version being read has of texts and numbers, each at the place of its member. New ones for each version: the
     * collector takes note of each text that is put into an old array, which made a listing a quarter slower.
     */
    private @Nullable String[] texts = new String[VERSION.names().size()];

    private long[] numbers = new long[texts.length];
    private Map<String, String> fileInfo = Map.of();
    private @Nullable Guarded<FileRetention> fileRetention;
    private @Nullable Guarded<LegalHold> legalHold;
    private @Nullable ServerSideEncryption encryption;

    /** What the last version had of texts that most share, each at the place of its member. */
    private final @Nullable String[] common = new String[texts.length];

    private Action commonAction = Action.UPLOAD;
    private ServerSideEncryption commonEncryption = ServerSideEncryption.NONE;

    private FileVersionReader(JsonParser json, boolean isSlim) {
        this.json = json;
        this.isSlim = isSlim;
    }

    /** Reads versions in full. */
    static FileVersionReader of(JsonParser json) {
        return new FileVersionReader(json, false);
    }

    /** Passes over account, bucket, MD5 and media type. */
    static FileVersionReader slim(JsonParser json) {
        return new FileVersionReader(json, true);
    }

    /** The same where the answer is read by data binding. */
    static final class Bound extends StdDeserializer<FileVersion> {
        private static final long serialVersionUID = 1L;

        Bound() {
            super(FileVersion.class);
        }

        @Override
        public FileVersion deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (context.getAttribute(FileVersionReader.class) instanceof FileVersionReader known
                    && known.json.equals(json)) {
                return known.read();
            }
            FileVersionReader fresh = of(json);
            context.setAttribute(FileVersionReader.class, fresh);
            return fresh.read();
        }
    }

    /** Reads the version that the parser stands at the beginning of. */
    FileVersion read() throws IOException {
        begin();
        try {
            ofVersion.begin(json);
            while (ofVersion.next(json)) {
                read(ofVersion.member());
            }
            return version();
        } catch (IllegalArgumentException e) {
            throw Tokens.refused(e);
        }
    }

    private void begin() {
        texts = new String[common.length];
        numbers = new long[common.length];
        fileInfo = Map.of();
        fileRetention = null;
        legalHold = null;
        encryption = null;
    }

    private void read(Member member) throws IOException {
        if (isSlim && member.isDetail) {
            // A text that nobody reads costs the parser little.
            json.skipChildren();
            return;
        }
        switch (member.form) {
            case TEXT, COMMON -> texts[member.ordinal()] = text(member);
            case NUMBER ->
                numbers[(member == Member.SIZE ? Member.CONTENT_LENGTH : member).ordinal()] = Tokens.number(json);
            case INFO -> fileInfo = info();
            case GUARDED -> readGuarded(member);
            case ENCRYPTION -> encryption = encryption();
            case NONE -> json.skipChildren();
        }
    }

    private FileVersion version() {
        Action action = action(texts[Member.ACTION.ordinal()]);
        @Nullable String fileId = texts[Member.FILE_ID.ordinal()];
        if (!Action.FOLDER.equals(action)) {
            // What stands for several files has none.
            Answers.required("file version", "fileId", fileId);
        }
        @Nullable String replication = texts[Member.REPLICATION_STATUS.ordinal()];
        return new FileVersion(
                texts[Member.ACCOUNT_ID.ordinal()],
                action,
                texts[Member.BUCKET_ID.ordinal()],
                numbers[Member.CONTENT_LENGTH.ordinal()],
                texts[Member.CONTENT_MD5.ordinal()],
                texts[Member.CONTENT_SHA1.ordinal()],
                texts[Member.CONTENT_TYPE.ordinal()],
                fileId,
                fileInfo,
                texts[Member.FILE_NAME.ordinal()],
                fileRetention,
                legalHold,
                replication == null ? null : new ReplicationStatus(replication),
                encryption,
                numbers[Member.UPLOAD_TIMESTAMP.ordinal()]);
    }

    private Action action(@Nullable String name) {
        if (name == null) {
            return Action.UPLOAD;
        }
        if (!name.equals(commonAction.name())) {
            commonAction = new Action(name);
        }
        return commonAction;
    }

    private String text(Member member) throws IOException {
        if (member.form != Form.COMMON) {
            return Tokens.text(json);
        }
        String before = common[member.ordinal()];
        String text = text(before);
        if (!text.equals(before)) {
            common[member.ordinal()] = text;
        }
        return text;
    }

    /** The text that stands here: the very one that was read before where they are equal, so that it is not made once more. */
    private String text(@Nullable String before) throws IOException {
        return before != null && stands(before) ? before : Tokens.text(json);
    }

    private boolean stands(String text) throws IOException {
        if (!json.hasToken(JsonToken.VALUE_STRING) || json.getTextLength() != text.length()) {
            return false;
        }
        char[] characters = json.getTextCharacters();
        int offset = json.getTextOffset();
        for (int i = 0; i < text.length(); i++) {
            if (characters[offset + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void readGuarded(Member member) throws IOException {
        boolean isReadable = false;
        FileRetention retention = null;
        LegalHold hold = null;
        ofGuarded.begin(json);
        while (ofGuarded.next(json)) {
            String name = ofGuarded.member();
            if (name.equals(READABLE)) {
                isReadable = Tokens.bool(json);
            } else if (name.equals(OTHER)) {
                json.skipChildren();
            } else if (member == Member.FILE_RETENTION) {
                retention = retention();
            } else {
                hold = new LegalHold(Tokens.text(json));
            }
        }
        if (member == Member.FILE_RETENTION) {
            fileRetention = guarded(isReadable, retention, NOT_RETAINED);
        } else {
            legalHold = guarded(isReadable, hold, NOT_HELD);
        }
    }

    /** @param none what most versions have: all of them have the same one then */
    private static <T> Guarded<T> guarded(boolean isReadable, @Nullable T value, Guarded<T> none) {
        return isReadable && value == none.value() ? none : new Guarded<>(isReadable, value);
    }

    private FileRetention retention() throws IOException {
        RetentionMode mode = null;
        Long until = null;
        ofRetention.begin(json);
        while (ofRetention.next(json)) {
            String name = ofRetention.member();
            if (name.equals(MODE)) {
                mode = new RetentionMode(Tokens.text(json));
            } else if (name.equals(UNTIL)) {
                until = Tokens.number(json);
            } else {
                json.skipChildren();
            }
        }
        return mode == null && until == null ? FileRetention.NONE : new FileRetention(mode, until);
    }

    private ServerSideEncryption encryption() throws IOException {
        String modeBefore =
                commonEncryption.mode() == null ? null : commonEncryption.mode().name();
        String mode = null;
        String algorithm = null;
        ofEncryption.begin(json);
        while (ofEncryption.next(json)) {
            String name = ofEncryption.member();
            if (name.equals(OTHER)) {
                json.skipChildren();
                continue;
            }
            boolean isMode = name.equals(MODE);
            String text = text(isMode ? modeBefore : commonEncryption.algorithm());
            mode = isMode ? text : mode;
            algorithm = isMode ? algorithm : text;
        }
        if (!Objects.equals(mode, modeBefore) || !Objects.equals(algorithm, commonEncryption.algorithm())) {
            commonEncryption = new ServerSideEncryption(mode == null ? null : new EncryptionMode(mode), algorithm);
        }
        return commonEncryption;
    }

    private Map<String, String> info() throws IOException {
        Map<String, String> info = Map.of();
        ofInfo.begin(json);
        while (ofInfo.next(json)) {
            String name = ofInfo.name();
            String text = Tokens.text(json);
            if (info.isEmpty()) {
                info = Map.of(name, text);
                continue;
            }
            info = info.size() == 1 ? new LinkedHashMap<>(info) : info;
            if (info.put(name, text) != null) {
                throw Tokens.unexpected(json);
            }
        }
        return info;
    }
}
