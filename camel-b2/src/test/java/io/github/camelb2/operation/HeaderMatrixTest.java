// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.OperationStage;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.http.RecordedRequest;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.operation.header.FileVersionHeaders;
import io.github.camelb2.operation.header.Reads;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every operation that leaves headers behind, before every operation that reads some, by every way that headers go: the
 * second one sends to B2 exactly what it sends when it is alone, and leaves no order for one step behind.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderMatrixTest {
    private static final String ABSENT = "absent-bucket-of-nobody";

    /** What a second time finds another state; each has a stage of its own. */
    private static final Set<B2Operations> ONCE = EnumSet.of(
            B2Operations.createBucket,
            B2Operations.deleteBucket,
            B2Operations.unhideFile,
            B2Operations.hideFile,
            B2Operations.appendFile,
            B2Operations.updateFileInfo,
            B2Operations.deleteAllFileVersions,
            B2Operations.deleteFileVersion,
            B2Operations.deleteFiles,
            B2Operations.updateFileRetention,
            B2Operations.cancelLargeFile,
            B2Operations.cancelUnfinishedLargeFiles,
            B2Operations.cleanUp,
            B2Operations.putBucketNotificationRule,
            B2Operations.setupReplication,
            B2Operations.deleteKey);

    /** Without those that depend on what the client happens to know, as upload URLs. */
    private static final List<String> CALLS = List.of(
            "b2_cancel_large_file",
            "b2_copy_file",
            "b2_copy_part",
            "b2_create_bucket",
            "b2_create_key",
            "b2_delete_bucket",
            "b2_delete_file_version",
            "b2_delete_key",
            "b2_download_file_by_id",
            "b2_download_file_by_name",
            "b2_finish_large_file",
            "b2_get_bucket_notification_rules",
            "b2_get_download_authorization",
            "b2_get_file_info",
            "b2_hide_file",
            "b2_list_buckets",
            "b2_list_file_names",
            "b2_list_file_versions",
            "b2_list_keys",
            "b2_list_parts",
            "b2_list_unfinished_large_files",
            "b2_set_bucket_notification_rules",
            "b2_start_large_file",
            "b2_update_bucket",
            "b2_update_file_legal_hold",
            "b2_update_file_retention",
            "b2_upload_file",
            "b2_upload_part",
            "unknown");

    private static final Set<String> ORDERS_FOR_ONE_STEP = Set.of(
            B2Constants.OPERATION,
            B2Constants.OVERRIDE_BUCKET_NAME,
            B2Constants.OVERRIDE_FILE_NAME,
            B2Constants.OVERRIDE_FILE_ID,
            Exchange.OVERRULE_FILE_NAME,
            B2Constants.DESTINATION_BUCKET_NAME,
            B2Constants.DESTINATION_FILE_NAME,
            B2Constants.PREFIX,
            B2Constants.FILES_TO_DELETE,
            B2Constants.OLDER_THAN,
            B2Constants.CUSTOMER_KEY);

    private final BlockingQueue<Exchange> ended = new LinkedBlockingQueue<>();
    private final Map<B2Operations, List<String>> alone = new EnumMap<>(B2Operations.class);
    private final Map<String, Map<String, Object>> left = new LinkedHashMap<>();
    private final Map<String, Object> all = new HashMap<>();

    private B2Emulator b2;
    private DefaultCamelContext context;
    private ProducerTemplate template;
    private B2ClientLease master;
    private OperationStage shared;
    private int stages;

    /** A way that the headers of one step go to the next. */
    private enum Way {
        DIRECT,
        ARCHIVE,
        MULTICAST,
        ENRICH,
        POLL_ENRICH,
        AGGREGATE,
        WIRE_TAP,
        TO_D,
        RECIPIENT_LIST,
        DEAD_LETTER,
        DEAD_LETTER_ORIGINAL,
        ON_EXCEPTION_AROUND_DIRECT,
        DO_TRY,
        SEDA,
        TEMPLATE,
        TEXT;

        String uri() {
            return "direct:" + name();
        }
    }

    /** How a step says the name of its file. */
    private enum Naming {
        HEADER(B2Constants.FILE_NAME),
        OPTION(""),
        CAMEL(Exchange.FILE_NAME),
        OVERRULE(Exchange.OVERRULE_FILE_NAME),
        OVERRIDE(B2Constants.OVERRIDE_FILE_NAME);

        private final String header;

        Naming(String header) {
            this.header = header;
        }

        OperationStage.Message apply(OperationStage.Message message) {
            Object name = message.headers().get(B2Constants.FILE_NAME);
            if (name == null) {
                return message;
            }
            OperationStage.Message nameless = message.without(B2Constants.FILE_NAME);
            return this == OPTION ? nameless.withOptions("fileName=" + name) : nameless.with(header, name);
        }
    }

    @BeforeAll
    void start() throws Exception {
        b2 = B2Emulator.builder().maxBuckets(100_000).start();
        context = new DefaultCamelContext();
        B2Component component = context.getComponent("b2", B2Component.class);
        B2Configuration options = component.getConfiguration();
        options.setRealm(b2.url());
        options.setApplicationKeyId(b2.applicationKeyId());
        options.setApplicationKey(b2.applicationKey());
        options.setRetryTimeout(1_000);
        options.setInitialBackoff(1);
        context.addRoutes(new Ways());
        context.addRoutes(new WaysOfFailures(false));
        context.addRoutes(new WaysOfFailures(true));
        context.addRoutes(new Around());
        context.start();
        TemplatedRouteBuilder.builder(context, "way")
                .parameter("name", Way.TEMPLATE.name())
                .add();
        template = context.createProducerTemplate();
        master = component.borrowClient(options);
        shared = stage();
        leaveHeaders();
    }

    @AfterAll
    void stop() throws Exception {
        master.close();
        template.close();
        context.close();
        b2.close();
    }

    private OperationStage stage() {
        return new OperationStage(b2, master.client(), "matrix-" + ++stages + "-stage");
    }

    /** The headers that each operation leaves, those that a consumer leaves, and those of one after the other. */
    private void leaveHeaders() {
        String described = "described-bucket";
        send("b2:" + described + "?operation=createBucket&bucketType=allPublic", null, bucketOrders());
        FileVersion file = master.client()
                .upload(
                        UploadFile.of(described, "theirs/data.bin")
                                .withContentType("image/theirs")
                                .withFileInfo(Map.of(
                                        "tenant", "theirs",
                                        "b2-content-encoding", "gzip",
                                        "src_last_modified_millis", "1000000000000")),
                        UploadSources.bytes(new byte[12]),
                        TransferOptions.DEFAULT,
                        CallSettings.DEFAULT);
        Message consumed = new DefaultExchange(context).getMessage();
        FileVersionHeaders.writeConsumed(consumed, described, file);
        left.put("consumer", Map.copyOf(consumed.getHeaders()));
        all.putAll(consumed.getHeaders());
        List<Exchange> answers = new ArrayList<>();
        for (String option : List.of("downloadFile", "getFileInfo", "getBucket")) {
            answers.add(send(
                    "b2:" + described + "?operation=" + option
                            + (option.endsWith("Bucket") ? "" : "&fileName=theirs/data.bin"),
                    null,
                    Map.of()));
            left.put(
                    "described " + option, Map.copyOf(last(answers).getMessage().getHeaders()));
            all.putAll(left.get("described " + option));
        }
        for (B2Operations operation : B2Operations.values()) {
            OperationStage.Message message = stage().message(operation);
            Map<String, Object> before = new HashMap<>(message.headers());
            Map<String, Object> after = new HashMap<>(
                    send(message.uri(), message.body(), before).getMessage().getHeaders());
            after.keySet().removeAll(before.keySet());
            if (!after.isEmpty()) {
                left.put(operation.name(), after);
                all.putAll(after);
            }
        }
        // Who found the name goes with the name, as it does in a route.
        all.putAll(left.get("consumer"));
        left.put("all", all);
    }

    private static Exchange last(List<Exchange> answers) {
        return answers.get(answers.size() - 1);
    }

    private static Map<String, Object> bucketOrders() {
        return Map.of(
                B2Constants.BUCKET_INFO,
                Map.of("tenant", "theirs"),
                B2Constants.LIFECYCLE_RULES,
                "[{\"fileNamePrefix\": \"theirs/\", \"daysFromUploadingToHiding\": 7, \"daysFromHidingToDeleting\": 1}]");
    }

    private Exchange send(String uri, Object body, Map<String, Object> headers) {
        Exchange answer = template.request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().getHeaders().putAll(headers);
        });
        assertThat(answer.getException()).as("what " + uri + " throws").isNull();
        return answer;
    }

    /** What an operation sends to B2 after a step that left these headers. */
    private List<String> sentBy(B2Operations operation, Map<String, Object> headers, Way way, Naming naming) {
        OperationStage stage = ONCE.contains(operation) ? stage() : shared;
        OperationStage.Message message = naming.apply(stage.message(operation));
        ended.clear();
        template.request(way.uri(), exchange -> {
            exchange.getMessage().setBody("what was before");
            exchange.getMessage().getHeaders().putAll(headers);
            exchange.setProperty("next", message);
            exchange.setProperty("uri", message.uri());
        });
        Exchange end = ended();
        Exception failure = end.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        assertThat(end.getProperty("failed", Boolean.class))
                .as(operation + " throws " + failure)
                .isNotEqualTo(true);
        assertThat(end.getMessage().getHeaders().keySet())
                .as("orders that " + operation + " leaves")
                .doesNotContainAnyElementsOf(ORDERS_FOR_ONE_STEP);
        return requests(operation, stage, message);
    }

    private Exchange ended() {
        try {
            Exchange end = ended.poll(20, TimeUnit.SECONDS);
            assertThat(end).as("the end of the route").isNotNull();
            return end;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<String> requests(B2Operations operation, OperationStage stage, OperationStage.Message message) {
        List<String> requests = new ArrayList<>();
        for (String call : CALLS) {
            boolean isLookUp = call.equals("b2_list_buckets")
                    && operation != B2Operations.listBuckets
                    && operation != B2Operations.getBucket;
            if (!isLookUp) {
                b2.requests(call).forEach(it -> requests.add(shown(it, stage, message)));
            }
        }
        return requests;
    }

    private String shown(RecordedRequest request, OperationStage stage, OperationStage.Message message) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        List.of("Authorization", "Host", "Connection", "User-Agent", "Accept-Encoding")
                .forEach(headers::remove);
        if (!request.json().isEmpty()) {
            headers.remove("Content-Length");
        }
        String path = request.call().startsWith("b2_upload") ? "" : request.rawPath();
        String text = request.call() + " " + path + " " + headers + " " + request.json();
        text = text.replace(stage.file().fileId(), "the file");
        for (String header : List.of(B2Constants.RETAIN_UNTIL, B2Constants.FILE_ID, B2Constants.KEY_ID)) {
            Object value = message.headers().get(header);
            text = value == null ? text : text.replace(String.valueOf(value), "the " + header);
        }
        for (String bucket : List.of(stage.bucket() + "-empty", stage.otherBucket(), stage.bucket())) {
            String id = b2.state().bucketId(bucket).orElse("deleted");
            text = text.replaceAll("4_z" + id + "_f[0-9a-z_]+", "another file of " + bucket)
                    .replace(id, "the id of " + bucket);
        }
        // A step that makes a key and uses it has another one each time.
        text = text.replaceAll("\"000[0-9a-f]{22}\"", "\"a key\"");
        return text.replace(stage.bucket(), "the bucket")
                .replaceAll("\"bucketId\" ?: ?\"\\p{XDigit}{24}\"", "\"bucketId\": deleted");
    }

    private List<String> alone(B2Operations operation) {
        return alone.computeIfAbsent(operation, it -> sentBy(it, Map.of(), Way.DIRECT, Naming.HEADER));
    }

    @ParameterizedTest
    @EnumSource
    void whateverWasDoneBeforeAnOperationSendsWhatItSendsAlone(B2Operations operation) {
        List<String> expected = alone(operation);

        left.forEach((before, headers) -> {
            // What needs a stage of its own gets the headers of those that write names, and of all together.
            if (!ONCE.contains(operation) || headers.containsKey(B2Constants.FOUND)) {
                assertThat(sentBy(operation, headers, Way.DIRECT, Naming.HEADER))
                        .as(operation + " after " + before)
                        .isEqualTo(expected);
            }
        });
    }

    static Stream<B2Operations> operationsOnFiles() {
        return Stream.of(B2Operations.values()).filter(it -> Reads.options(it).contains("fileName"));
    }

    @ParameterizedTest
    @MethodSource("operationsOnFiles")
    void whateverWasDoneBeforeTheStepNamesTheFileInAnyOfTheWays(B2Operations operation) {
        for (Naming naming : Naming.values()) {
            for (Way way : List.of(Way.DIRECT, Way.TEXT)) {
                assertThat(sentBy(operation, all, way, naming))
                        .as(operation + " named by " + naming + " and sent by " + way)
                        .isEqualTo(alone(operation));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whicheverWayHeadersComeAnOperationSendsWhatItSendsAlone(B2Operations operation) {
        List<String> expected = alone(operation);

        for (Way way : Way.values()) {
            Map<String, Object> headers = new HashMap<>(all);
            if (way.name().startsWith("D") && way != Way.DIRECT || way == Way.ON_EXCEPTION_AROUND_DIRECT) {
                headers.put(B2Constants.OVERRIDE_BUCKET_NAME, ABSENT);
                headers.put(B2Constants.OVERRIDE_FILE_NAME, "theirs");
                headers.put(B2Constants.OVERRIDE_FILE_ID, "4_theirs");
            }
            assertThat(sentBy(operation, headers, way, Naming.HEADER))
                    .as(operation + " by " + way)
                    .isEqualTo(expected);
        }
    }

    /** What the route says before the step: its body, and its headers. */
    private void order(Exchange exchange) {
        OperationStage.Message next = exchange.getProperty("next", OperationStage.Message.class);
        exchange.getMessage().setBody(next.body());
        exchange.getMessage().getHeaders().putAll(next.headers());
        b2.resetRequests();
    }

    private void end(Exchange exchange) {
        ended.add(exchange.copy());
    }

    private final class Ways extends RouteBuilder {
        @Override
        public void configure() {
            errorHandler(noErrorHandler());
            AggregationStrategy keepingAll = (old, fresh) -> {
                if (old == null) {
                    return fresh;
                }
                fresh.getMessage().getHeaders().forEach((name, value) -> old.getMessage()
                        .setHeader(name, value));
                old.getMessage().setBody(fresh.getMessage().getBody());
                return old;
            };
            from("direct:end")
                    .process(HeaderMatrixTest.this::order)
                    .doTry()
                    .toD("${exchangeProperty.uri}")
                    .doCatch(Exception.class)
                    .setProperty("failed", constant(true))
                    .end()
                    .process(HeaderMatrixTest.this::end);
            from(Way.DIRECT.uri()).to("direct:end");
            from(Way.TO_D.uri()).toD("direct:${exchangeProperty.none}end");
            // As the splitters of archives do it.
            from(Way.ARCHIVE.uri())
                    .split(method(HeaderMatrixTest.this, "entries"))
                    .to("direct:end");
            from(Way.MULTICAST.uri()).multicast().to("direct:end");
            from(Way.ENRICH.uri())
                    .process(HeaderMatrixTest.this::order)
                    .enrich()
                    .exchangeProperty("uri")
                    .process(HeaderMatrixTest.this::end);
            from(Way.POLL_ENRICH.uri())
                    .to("seda:box?waitForTaskToComplete=Never")
                    .pollEnrich("seda:box", 20_000, keepingAll)
                    .to("direct:end");
            from(Way.AGGREGATE.uri())
                    .split(constant(List.of("1", "2")))
                    .aggregate(constant(true), keepingAll)
                    .completionSize(2)
                    .to("direct:end");
            from(Way.WIRE_TAP.uri()).wireTap("direct:end");
            from(Way.RECIPIENT_LIST.uri())
                    .process(HeaderMatrixTest.this::order)
                    .recipientList(exchangeProperty("uri"), "none")
                    .aggregationStrategy((old, fresh) -> fresh)
                    .end()
                    .process(HeaderMatrixTest.this::end);
            from(Way.DO_TRY.uri())
                    .doTry()
                    .to("b2:" + ABSENT)
                    .doCatch(Exception.class)
                    .to("direct:end");
            from(Way.SEDA.uri()).to("seda:way?waitForTaskToComplete=Never");
            from("seda:way").to("direct:end");
            from(Way.TEXT.uri())
                    .process(it -> it.getMessage()
                            .getHeaders()
                            .replaceAll((name, value) -> value == null ? null : String.valueOf(value)))
                    .to("direct:end");
            routeTemplate("way")
                    .templateParameter("name")
                    .from("direct:{{name}}")
                    .to("direct:end");
        }
    }

    /** Called by the route. */
    public List<Message> entries(Exchange exchange) {
        Message entry = new DefaultMessage(context);
        entry.getHeaders().putAll(exchange.getMessage().getHeaders());
        entry.setHeader(Exchange.FILE_NAME, "entry.txt");
        entry.setBody("an entry");
        return List.of(entry);
    }

    private final class WaysOfFailures extends RouteBuilder {
        private final boolean original;

        WaysOfFailures(boolean original) {
            this.original = original;
        }

        @Override
        public void configure() {
            errorHandler(
                    original ? deadLetterChannel("direct:end").useOriginalMessage() : deadLetterChannel("direct:end"));
            from((original ? Way.DEAD_LETTER_ORIGINAL : Way.DEAD_LETTER).uri()).to("b2:" + ABSENT);
        }
    }

    private final class Around extends RouteBuilder {
        @Override
        public void configure() {
            onException(Exception.class).handled(true).useOriginalMessage().to("direct:end");
            from(Way.ON_EXCEPTION_AROUND_DIRECT.uri()).to("direct:" + ABSENT);
            from("direct:" + ABSENT).errorHandler(noErrorHandler()).to("b2:" + ABSENT);
        }
    }
}
