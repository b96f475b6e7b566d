package io.github.camelb2.operation.header;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.client.model.ByteRange;
import io.github.camelb2.client.model.Encryption;

/**
 * The inputs of one message: headers before options, converted to their types.
 *
 * <p>Values of headers are data and are never evaluated; the option {@code fileName} may be a Simple expression. An
 * empty header means "none", and hides the option. Not thread-safe: used by the thread that runs the operation.
 */
public final class Params {
    /** Stands for no bucket in an endpoint. */
    private static final String ACCOUNT = "*";

    private final Exchange exchange;
    private final Message message;
    private final B2Configuration options;
    private final B2Operations operation;
    private final HeaderValues values;
    private final Set<String> used = new LinkedHashSet<>();
    private final String bucketName;
    private @Nullable String bucketId;

    private Params(Exchange exchange, B2Configuration options, B2Operations operation) {
        this.exchange = exchange;
        this.message = exchange.getMessage();
        this.options = options;
        this.operation = operation;
        this.values = new HeaderValues(exchange, operation);
        this.bucketName = find(Inputs.BUCKET_NAME)
                .or(() -> Optional.of(options.getBucketName()))
                .filter(name -> !ACCOUNT.equals(name))
                .orElse("");
    }

    /**
     * The inputs of that message.
     *
     * @throws IllegalArgumentException if the operation header names none that there is
     */
    public static Params of(Exchange exchange, B2Configuration options) {
        Object header = exchange.getMessage().getHeader(B2Constants.OPERATION);
        Params params = new Params(exchange, options, header == null ? options.getOperation() : operation(header));
        params.used.add(B2Constants.OPERATION);
        return params;
    }

    private static B2Operations operation(Object header) {
        if (header instanceof B2Operations known) {
            return known;
        }
        for (B2Operations known : B2Operations.values()) {
            if (known.name().equalsIgnoreCase(header.toString())) {
                return known;
            }
        }
        throw new IllegalArgumentException("Header " + B2Constants.OPERATION + "=" + header
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
     * The header, else the option, else empty.
     *
     * @throws IllegalArgumentException if the header cannot be converted to the type of the parameter
     */
    public <T> Optional<T> find(Param<T> param) {
        Object header = header(param);
        if (header == null) {
            return param.fallback() == null
                    ? Optional.empty()
                    : Optional.ofNullable(param.fallback().apply(options)).filter(value -> !"".equals(value));
        }
        return "".equals(header) ? Optional.empty() : Optional.of(values.convert(param, header));
    }

    /**
     * The header, else the option.
     *
     * @throws IllegalArgumentException if neither is set; the message names both
     */
    public <T> T require(Param<T> param) {
        return find(param).orElseThrow(() -> missing(param.what(), param.whereToSet()));
    }

    /**
     * The bucket of the message, else that of the endpoint.
     *
     * @throws IllegalArgumentException if there is none
     */
    public String bucketName() {
        return findBucketName()
                .orElseThrow(() -> missing(
                        "a bucket",
                        "it in the endpoint, as b2:bucketName, or the header " + B2Constants.OVERRIDE_BUCKET_NAME));
    }

    public String bucketNameOrEmpty() {
        return bucketName;
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
     * The file name: the header, else the option, else the header of Camel's file endpoints.
     *
     * @throws IllegalArgumentException if there is none
     */
    public String fileName() {
        return findFileName()
                .orElseThrow(() -> missing(
                        "a file name",
                        "the header " + B2Constants.FILE_NAME + ", the option fileName or the header "
                                + Exchange.FILE_NAME));
    }

    public Optional<String> findFileName() {
        return text(B2Constants.FILE_NAME)
                .or(() -> Optional.ofNullable(options.getFileName()).map(this::evaluate))
                .or(() -> text(Exchange.FILE_NAME))
                .filter(name -> !name.isEmpty());
    }

    private Optional<String> text(String header) {
        return Optional.ofNullable(message.getHeader(header)).map(Object::toString);
    }

    // The only text that is ever evaluated is the option, which the author of the route wrote.
    private String evaluate(String fileName) {
        if (!fileName.contains("${") && !fileName.contains("$simple{")) {
            return fileName;
        }
        String name = exchange.getContext()
                .resolveLanguage("simple")
                .createExpression(fileName)
                .evaluate(exchange, String.class);
        return name == null ? "" : name;
    }

    /** The file id, unless an earlier b2: endpoint wrote it for a file of another name. */
    public Optional<String> findFileId() {
        Optional<String> id = find(Inputs.FILE_ID);
        return id.isPresent()
                        && findFileName()
                                .filter(name -> WrittenHeaders.isIdOfAnotherFile(message, name))
                                .isPresent()
                ? Optional.empty()
                : id;
    }

    /**
     * The file id.
     *
     * @throws IllegalArgumentException if there is none for the file of this message
     */
    public String fileId() {
        return findFileId()
                .orElseThrow(() -> missing(Inputs.FILE_ID.what() + " of that file", Inputs.FILE_ID.whereToSet()));
    }

    /** How the content is encrypted, or is to be; empty to leave it to the bucket. */
    public Optional<Encryption> encryption() {
        String mode = require(Inputs.ENCRYPTION);
        return switch (mode) {
            case "none" -> Optional.empty();
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
        return Optional.ofNullable(header(param)).map(header -> values.textMap(param, header));
    }

    /** The header as a list whose members are of that type. */
    public <T> Optional<List<T>> findList(Param<?> param, Class<T> memberType) {
        return Optional.ofNullable(header(param)).map(header -> values.list(param, header, memberType));
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

    /** Removes the one-shot headers that were read; called once the operation has succeeded. */
    public void removeUsed() {
        used.forEach(message::removeHeader);
    }

    private @Nullable Object header(Param<?> param) {
        Object value = message.getHeader(param.header());
        if (value == null) {
            return null;
        }
        if (param.use() == Param.Use.DESCRIPTIVE && WrittenHeaders.isUnchanged(message, param.header())) {
            return null;
        }
        if (param.use() == Param.Use.ONE_SHOT) {
            used.add(param.header());
        }
        return value;
    }
}
