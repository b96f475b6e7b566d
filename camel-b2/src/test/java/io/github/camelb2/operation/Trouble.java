// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.OperationStage;
import io.github.camelb2.OperationStage.Message;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.transfer.copy.Piece;

/** One thing that is wrong with a message that has all that its operation needs. */
enum Trouble {
    /** The message says nothing but the operation. */
    INPUT(
            IllegalArgumentException.class,
            "needs ",
            (stage, message) -> new Message(message.operation(), "*", "", "", Map.of())),

    /** The body is no request record. */
    RECORD(IllegalArgumentException.class, "pojoRequest", (stage, message) -> message.withOptions("pojoRequest=true")
            .withBody(7)),

    /** There is no such bucket. */
    BUCKET(B2NotFoundException.class, "no-such-bucket", (stage, message) -> message.in("no-such-bucket")
            .without(B2Constants.FILE_ID)),

    /** There is no such file, version or key. */
    ABSENT(B2Exception.class, "", Trouble::absent),

    /** The file is hidden. */
    HIDDEN(
            B2Exception.class,
            OperationStage.HIDDEN,
            (stage, message) -> message.replacing(B2Constants.FILE_NAME, OperationStage.HIDDEN)),

    /** The application key is none. */
    KEY(
            B2UnauthorizedException.class,
            "b2_authorize_account",
            (stage, message) -> message.withOptions("applicationKeyId=0015&applicationKey=K001nonsense")),

    /** The application key may do everything but this. */
    CAPABILITY(B2UnauthorizedException.class, "the key must have the capability", (stage, message) -> message),

    /** The application key is for names that start otherwise. */
    PREFIX(B2UnauthorizedException.class, "not be restricted to other buckets or names", (stage, message) -> message),

    /** The application key is for another bucket. */
    OTHER_BUCKET(B2Exception.class, "", (stage, message) -> message),

    /** The file is encrypted with another customer key. */
    CUSTOMER_KEY(B2Exception.class, "customer key", Trouble::otherCustomerKey),

    /** The range begins behind the end of the file. */
    RANGE(RuntimeException.class, "range", Trouble::badRange),

    /** B2 takes no such name. */
    NAME(RuntimeException.class, "", Trouble::badName),

    /** B2 takes no such information. */
    INFO(RuntimeException.class, "bad name", Trouble::badInfo),

    /** B2 lists no such number of entries a page. */
    PAGE_SIZE(
            RuntimeException.class, "1000000", (stage, message) -> message.with(B2Constants.MAX_FILE_COUNT, 1_000_000)),

    /** A link cannot live so long. */
    LIFETIME(
            IllegalArgumentException.class,
            "7 days",
            (stage, message) -> message.with(B2Constants.DOWNLOAD_LINK_EXPIRATION_TIME, 604_800_001L)),

    /** Somebody has a bucket of that name. */
    TAKEN(
            B2ConflictException.class,
            "duplicate_bucket_name",
            (stage, message) -> message.with(B2Constants.OVERRIDE_BUCKET_NAME, stage.bucket())),

    /** Somebody changed the bucket in between. */
    REVISION(
            B2ConflictException.class,
            "conflict",
            (stage, message) -> message.with(B2Constants.BUCKET_REVISION, 1_000));

    private static final String OTHER_CUSTOMER_KEY = "b3RoZXJfb3RoZXJfb3RoZXJfb3RoZXJfb3RoZXJfb3Q=";
    private static final String TOO_LONG = "x".repeat(1025);

    private final Class<? extends Exception> type;
    private final String words;
    private final BiFunction<OperationStage, Message, Message> spoiler;

    Trouble(Class<? extends Exception> type, String words, BiFunction<OperationStage, Message, Message> spoiler) {
        this.type = type;
        this.words = words;
        this.spoiler = spoiler;
    }

    /** What the operation must throw. */
    Class<? extends Exception> type() {
        return type;
    }

    /** What its message must hold. */
    String words() {
        return words;
    }

    /** The message with this trouble in it. */
    Message in(OperationStage stage, Message message) {
        return spoiler.apply(stage, message);
    }

    /** The column of the table in {@link OperationErrorPathsTest}. */
    String column() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Message absent(OperationStage stage, Message message) {
        Message named = message.replacing(B2Constants.FILE_NAME, OperationStage.ABSENT)
                .replacing(B2Constants.FILE_ID, stage.idOfNothing())
                .replacing(B2Constants.KEY_ID, "000000000000000000000000f");
        return message.operation() == B2Operations.concatenateFiles
                ? message.withBody(List.of("text, ", new FileId(stage.idOfNothing(), OperationStage.ABSENT)))
                : named;
    }

    private static Message otherCustomerKey(OperationStage stage, Message message) {
        Message named = message.with(B2Constants.CUSTOMER_KEY, OTHER_CUSTOMER_KEY)
                .with(B2Constants.SERVER_SIDE_ENCRYPTION, "SSE-C");
        Encryption other = Encryption.sseC(OTHER_CUSTOMER_KEY);
        return message.operation() == B2Operations.concatenateFiles
                ? message.withBody(List.of(new Piece.Remote(stage.encrypted().fileId(), null, other), "text"))
                : named.with(B2Constants.FILE_NAME, OperationStage.ENCRYPTED);
    }

    private static Message badRange(OperationStage stage, Message message) {
        return message.operation() == B2Operations.concatenateFiles
                ? message.withBody(
                        List.of(new Piece.Remote(stage.file().fileId(), ByteRange.of(1_000, 1_001), null), "text"))
                : message.with(B2Constants.RANGE_START, 1_000).with(B2Constants.RANGE_END, 1_001);
    }

    private static Message badName(OperationStage stage, Message message) {
        return switch (message.operation()) {
            case createBucket -> message.with(B2Constants.OVERRIDE_BUCKET_NAME, "b2-reserved");
            case createKey -> message.with(B2Constants.KEY_NAME, "no spaces");
            case copyFile -> message.with(B2Constants.DESTINATION_FILE_NAME, TOO_LONG);
            case deleteFiles -> message.with(B2Constants.FILES_TO_DELETE, List.of(TOO_LONG));
            default -> message.with(B2Constants.FILE_NAME, TOO_LONG);
        };
    }

    private static Message badInfo(OperationStage stage, Message message) {
        Map<String, String> info = Map.of("bad name", "x");
        return switch (message.operation()) {
            case createBucket, updateBucket -> message.with(B2Constants.BUCKET_INFO, info);
            default -> message.with(B2Constants.FILE_INFO, info).with(B2Constants.METADATA_DIRECTIVE, "REPLACE");
        };
    }
}
