// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.protection.Encryption;

/**
 * The inputs of one message: the one home of the order of precedence.
 *
 * <p>For each input: the option, where the URI of the endpoint has it; the header, which no step of ours writes; the
 * option of the component, or what is built in. Orders for one step are taken off the message first, see {@link
 * OneShots}; a file is named by {@link FileNaming}; of what was found, only that and the description of the very body
 * count.
 *
 * <p>Values of headers are data and are never evaluated; the option {@code fileName} may be a Simple expression. An
 * empty header means "none", and hides the option of the component. Not thread-safe: used by the thread that runs the
 * operation.
 */
public final class Params {
    /** Stands for no bucket in an endpoint. */
    private static final String ACCOUNT = "*";

    /** What can stand in a header: no line ends, nothing outside ASCII. */
    private static final Pattern MEDIA_TYPE = Pattern.compile("[!-~]+/[ -~]+");

    private final Exchange exchange;
    private final Message message;
    private final B2Configuration options;
    private final B2Operations operation;
    private final HeaderValues values;
    private final Set<String> declared;
    private final Map<String, Object> oneShots;
    private final FileNaming naming;
    private final String bucketName;
    private @Nullable String bucketId;

    private Params(Exchange exchange, B2Configuration options, B2Operations operation) {
        this.exchange = exchange;
        this.message = exchange.getMessage();
        this.options = options;
        this.operation = operation;
        this.values = new HeaderValues(exchange, operation);
        this.declared = Reads.headers(operation);
        this.oneShots = OneShots.take(exchange, Reads.oneShots(operation));
        String ordered = get(Inputs.BUCKET_NAME);
        String bucket = ordered == null ? options.getBucketName() : ordered;
        this.bucketName = ACCOUNT.equals(bucket) ? "" : bucket;
        this.naming = new FileNaming(exchange, options, oneShots, bucketName);
    }

    /**
     * The inputs of that message, from which the orders for one step are taken.
     *
     * @throws IllegalArgumentException if the operation header names none that there is
     */
    public static Params of(Exchange exchange, B2Configuration options) {
        Object header = OneShots.take(exchange, List.of(B2Constants.OPERATION)).get(B2Constants.OPERATION);
        Params params;
        try {
            params = new Params(exchange, options, header == null ? options.getOperation() : operation(header));
        } catch (IllegalArgumentException e) {
            OneShots.take(exchange, Reads.oneShots(options.getOperation()));
            throw e;
        }
        return params;
    }

    private static B2Operations operation(Object header) {
        if (header instanceof B2Operations known) {
            return known;
        }
        for (B2Operations known : B2Operations.values()) {
            if (known.name().equalsIgnoreCase(HeaderText.of(header))) {
                return known;
            }
        }
        throw new IllegalArgumentException("Header " + B2Constants.OPERATION + "=" + HeaderText.of(header)
                + " is no operation of b2: set one of " + List.of(B2Operations.values()));
    }

    /** What is to be done. */
    public B2Operations operation() {
        return operation;
    }

    public Exchange exchange() {
        return exchange;
    }

    public B2Configuration options() {
        return options;
    }

    /**
     * The option of the endpoint's URI, else the header, else the option of the component, else empty.
     *
     * @throws IllegalArgumentException if the header cannot be converted to the type of the parameter
     */
    public <T> Optional<T> find(Param<T> param) {
        return Optional.ofNullable(get(param));
    }

    /** The same, null for empty: an upload looks for two dozen of them. */
    public <T> @Nullable T get(Param<T> param) {
        boolean isGiven = param.option() != null && options.isGiven(param.option());
        Object header = isGiven ? null : header(param);
        if (header == null) {
            T option = param.fallback() == null ? null : param.fallback().apply(options);
            return "".equals(option) ? null : option;
        }
        return "".equals(header) ? null : allowed(param, values.convert(param, header));
    }

    private <T> T allowed(Param<T> param, T value) {
        if (!param.allowed().isEmpty() && !param.allowed().contains(value)) {
            throw wrong(param, value, "set " + String.join(" or ", param.allowed()));
        }
        return value;
    }

    /**
     * The same, where there must be one.
     *
     * @throws IllegalArgumentException if it is nowhere set; the message says where it can be
     */
    public <T> T require(Param<T> param) {
        T value = get(param);
        if (value == null) {
            throw missing(param.what(), param.whereToSet());
        }
        return value;
    }

    /**
     * The bucket of the message, else that of the endpoint.
     *
     * @throws IllegalArgumentException if there is none
     */
    public String bucketName() {
        if (bucketName.isEmpty()) {
            throw missing(
                    "a bucket",
                    "it in the endpoint, as b2:bucketName, or the header " + B2Constants.OVERRIDE_BUCKET_NAME);
        }
        return bucketName;
    }

    public String bucketNameOrEmpty() {
        return bucketName;
    }

    /** The bucket of a version that was found; empty where it was found by an id that may belong to another one. */
    public String bucketOfFound(FileVersion version) {
        return naming.isIdFromElsewhere(version.fileId()) ? "" : bucketName;
    }

    /** The bucket that a copy goes to. */
    public String destinationBucketName() {
        return find(Inputs.DESTINATION_BUCKET_NAME).orElse(bucketName);
    }

    public Optional<String> findBucketName() {
        return bucketName.isEmpty() ? Optional.empty() : Optional.of(bucketName);
    }

    /** The same inputs, for a bucket whose id is known. */
    public Params inBucket(String id) {
        bucketId = id;
        return this;
    }

    /** The id of the bucket; for operations that say they need it. */
    public String bucketId() {
        return Objects.requireNonNull(bucketId, "the operation does not say that it needs a bucket id");
    }

    /**
     * The name of a file that is to be stored.
     *
     * @throws IllegalArgumentException if there is none
     */
    public String nameToStore() {
        return given(naming.nameToStore());
    }

    /**
     * The name of a file that there is.
     *
     * @throws IllegalArgumentException if there is none
     */
    public String fileName() {
        return given(naming.nameOfStored());
    }

    private String given(Optional<String> name) {
        if (name.isEmpty()) {
            throw missing("a file name", whereToSetName());
        }
        return name.get();
    }

    /**
     * The name of files that are to be hidden, shown or deleted.
     *
     * @throws IllegalArgumentException if there is none but what was found in another bucket
     */
    public String nameToChange() {
        return naming.nameToChange()
                .orElseThrow(() ->
                        missing("a file name", whereToSetName() + "; a name that was found counts only in its bucket"));
    }

    private static String whereToSetName() {
        return "the header " + B2Constants.FILE_NAME + ", the option fileName or the header " + Exchange.FILE_NAME;
    }

    public Optional<String> findFileName() {
        return naming.nameOfStored();
    }

    /** The id of the version that the message is about; one that was found only in its own bucket. */
    public Optional<String> findFileId() {
        return naming.fileId();
    }

    /**
     * The file id.
     *
     * @throws IllegalArgumentException if there is none for the file of this message
     */
    public String fileId() {
        return findFileId()
                .orElseThrow(() -> missing(
                        Inputs.FILE_ID.what() + " of that file",
                        Inputs.FILE_ID.whereToSet()
                                + "; an id that was found counts only in its bucket, where the step names no file"));
    }

    /** Whether the message has that order, also where it was taken off. */
    public boolean isOrdered(String header) {
        return oneShots.containsKey(header) || message.getHeader(header) != null;
    }

    /** What the body is the content of, if it is the very object that a step of ours has made, or its copy. */
    public Optional<FileVersion> described() {
        return FileNaming.described(message.getBody());
    }

    /** The content type that data formats, HTTP or file endpoints have set; not the one that our consumer found. */
    public Optional<String> foreignContentType() {
        Object type = message.getHeader(Exchange.CONTENT_TYPE);
        if (type == null) {
            type = message.getHeader(Exchange.FILE_CONTENT_TYPE);
            if (type == null || FoundFiles.of(message).wroteCamelType(type)) {
                return Optional.empty();
            }
        }
        Optional<String> text = HeaderText.find(type);
        return text.isPresent() && MEDIA_TYPE.matcher(text.get()).matches() ? text : Optional.empty();
    }

    /** How the content is encrypted, or is to be; empty to leave it to the bucket. */
    public Optional<Encryption> encryption() {
        String mode = require(Inputs.ENCRYPTION);
        return switch (mode) {
            case "default" -> Optional.empty();
            case "none" -> Optional.ofNullable(Encryption.asked(Encryption.none()));
            case "SSE-B2" -> Optional.of(Encryption.sseB2());
            case "SSE-C" -> Optional.of(Encryption.sseC(require(Inputs.CUSTOMER_KEY)));
            default -> throw wrong(Inputs.ENCRYPTION, mode, "set " + Inputs.ENCRYPTION.what());
        };
    }

    /** The key that content of SSE-C is read with; empty when there is none. */
    public Optional<Encryption> customerKey() {
        return find(Inputs.CUSTOMER_KEY).map(Encryption::sseC);
    }

    /** The range of bytes; empty for all. */
    public Optional<ByteRange> range() {
        Optional<Long> start = find(Inputs.RANGE_START);
        Optional<Long> end = find(Inputs.RANGE_END);
        return start.isEmpty() && end.isEmpty()
                ? Optional.empty()
                : Optional.of(new ByteRange(start.orElse(0L), end.orElse(null)));
    }

    /** The header as texts: a collection, an array, or one text with commas. */
    public Optional<List<String>> findTexts(Param<?> param) {
        return Optional.ofNullable(header(param)).map(HeaderValues::texts);
    }

    /** The header as texts by name, in its order. */
    public Optional<Map<String, String>> findTextMap(Param<?> param) {
        Object header = header(param);
        return header == null ? Optional.empty() : Optional.of(values.textMap(param, header));
    }

    /** The header as a list whose members are of that type, or maps or JSON that say the same. */
    public <T> Optional<List<T>> findList(Param<?> param, Class<T> memberType) {
        return Optional.ofNullable(header(param)).map(header -> values.list(param, header, memberType));
    }

    /** The header as a value of that type, or a map or JSON that says the same. */
    public <T> Optional<T> findValue(Param<T> param) {
        return Optional.ofNullable(header(param)).map(header -> values.value(param, header));
    }

    /**
     * The message body as one value, which may be a map or JSON.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public <T> T body(Class<T> type, String hint) {
        return values.body(message.getBody(), type, hint);
    }

    /**
     * The members of the message body.
     *
     * @throws IllegalArgumentException if it is no collection of that type
     */
    public <T> List<T> bodyList(Class<T> memberType, String hint) {
        return values.bodyList(message.getBody(), memberType, hint);
    }

    /** The error of an input that is not there. */
    public IllegalArgumentException missing(String what, String whereToSet) {
        return new IllegalArgumentException(operation + " needs " + what + ": set " + whereToSet);
    }

    /** The error of an input that cannot be. */
    public IllegalArgumentException wrong(Param<?> param, Object value, String advice) {
        return new IllegalArgumentException(operation + ": " + param.whereToSet() + " = " + value + ": " + advice);
    }

    private @Nullable Object header(Param<?> param) {
        if (!declared.contains(param.header())) {
            throw new IllegalStateException(operation + " does not say in Reads that it reads " + param.header());
        }
        return param.use() == Param.Use.ONE_SHOT ? oneShots.get(param.header()) : message.getHeader(param.header());
    }
}
