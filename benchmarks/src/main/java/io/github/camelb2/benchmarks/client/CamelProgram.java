// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.client;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Constants;
import io.github.camelb2.benchmarks.process.Account;

/**
 * Does a task with a Camel route and the {@code b2:} or {@code b2-sync:} component, as their users would: the account is in the environment,
 * the task on the command line. Beside the tasks of {@link Arguments} it knows {@code sync SOURCE DESTINATION WORKERS [delete]},
 * {@code first-name BUCKET}, {@code dynamic BUCKET MESSAGES} and {@code sweep BUCKET DIRECTORY}.
 */
public final class CamelProgram {

    /** The property that sets options of the component, as in {@code fsync=never&largeFileSha1=never}. */
    public static final String OPTIONS = "benchmarks.options";

    private static final String START = "direct:start";

    /** Listings until the next one measures the line, and not the compiler. */
    public static final int LISTINGS_BEFORE = 10;

    /** Names in a page that a server has at once: making a thousand takes the emulator half a round trip. */
    public static final int NAMES_IN_PAGE = 100;

    private final CamelContext context;
    private final Figures figures;

    private CamelProgram(CamelContext context, Figures figures) {
        this.context = context;
        this.figures = figures;
    }

    public static void main(String[] words) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            Account account = Account.ofThisProcess();
            B2Component b2 = context.getComponent("b2", B2Component.class);
            b2.getConfiguration().setRealm(account.url());
            b2.getConfiguration().setApplicationKeyId(account.applicationKeyId());
            b2.getConfiguration().setApplicationKey(account.applicationKey());
            setOptions(context, b2.getConfiguration());
            new CamelProgram(context, new Figures(System.out)).run(Arguments.of(words));
        }
    }

    private static void setOptions(CamelContext context, Object configuration) throws Exception {
        for (Map.Entry<String, Object> option :
                URISupport.parseQuery(System.getProperty(OPTIONS, "")).entrySet()) {
            PropertyBindingSupport.build().bind(context, configuration, option.getKey(), option.getValue());
        }
    }

    private void run(Arguments task) throws Exception {
        switch (task.verb()) {
            case "idle" -> idle();
            case "upload" -> upload(task);
            case "download" -> download(task);
            case "upload-many" -> uploadMany(task);
            case "download-many" -> downloadMany(task);
            case "read-many" -> readMany(task);
            case "list" -> list(task);
            case "first-name" -> firstName(task.word(1));
            case "dynamic" -> new DynamicUris(context, figures).run(task.word(1), task.number(2));
            case "sweep" -> new ConsumerSweep(context, figures).run(task.word(1), task.path(2));
            case "sync" ->
                new SyncRoute(context, figures)
                        .run(task.word(1), task.word(2), task.word(3), task.has(SyncRoute.DELETE));
            default -> throw task.unknown();
        }
    }

    private void idle() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(START).to("b2:*?operation=authorizeAccount");
            }
        });
        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.sendBody(START, "");
        }
    }

    private void upload(Arguments task) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(START).toF("b2:%s?maxConcurrency=%s", task.word(1), task.word(4));
            }
        });
        send(task.path(2).toFile(), B2Constants.FILE_NAME, task.word(3));
    }

    private void download(Arguments task) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(START)
                        .toF(
                                "b2:%s?operation=downloadFile&localWorkDirectory=RAW(%s)&maxConcurrency=%s",
                                task.word(1), task.path(3).getParent(), task.word(4));
            }
        });
        send(null, B2Constants.FILE_NAME, task.word(2));
    }

    private void uploadMany(Arguments task) throws Exception {
        overNames(task, "b2:" + task.word(1), name -> task.path(2).resolve(name).toFile());
    }

    private void downloadMany(Arguments task) throws Exception {
        String endpoint =
                "b2:%s?operation=downloadFile&localWorkDirectory=RAW(%s)".formatted(task.word(1), task.path(2));
        overNames(task, endpoint, name -> null);
    }

    /** As a route does that reads each file where it is. Prints how many {@code bytes} that were. */
    private void readMany(Arguments task) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(START).toF("b2:%s?operation=downloadFile", task.word(1)).convertBodyTo(byte[].class);
            }
        });
        // Looked up once, as everybody does who sends more than one message.
        Endpoint start = context.getEndpoint(START);
        LongAdder bytes = new LongAdder();
        try (ProducerTemplate template = context.createProducerTemplate()) {
            SmallFiles.inThreads(
                    task.number(3),
                    task.number(2),
                    name -> bytes.add(
                            template.requestBodyAndHeader(start, null, B2Constants.FILE_NAME, name, byte[].class)
                                    .length));
        }
        figures.print("bytes", bytes.sum());
    }

    /** Prints how many milliseconds the first name took of a listing after some others. */
    private void firstName(String bucket) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(START).toF("b2:%s?operation=listFileNames", bucket).process(exchange -> exchange.getMessage()
                        .getMandatoryBody(Iterator.class)
                        .next());
            }
        });
        for (int i = 0; i < LISTINGS_BEFORE; i++) {
            send(null, B2Constants.MAX_FILE_COUNT, NAMES_IN_PAGE);
        }
        long begun = System.nanoTime();
        send(null, B2Constants.MAX_FILE_COUNT, NAMES_IN_PAGE);
        figures.print("first-name-millis", (System.nanoTime() - begun) / 1e6);
    }

    /** What the message about one small file has as its body. */
    private interface BodyOf {
        @Nullable
        Object name(String name);
    }

    private void overNames(Arguments task, String endpoint, BodyOf body) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(START).to(endpoint);
            }
        });
        // Looked up once, as everybody does who sends more than one message.
        Endpoint start = context.getEndpoint(START);
        try (ProducerTemplate template = context.createProducerTemplate()) {
            SmallFiles.inThreads(
                    task.number(4),
                    task.number(3),
                    name -> template.sendBodyAndHeader(start, body.name(name), B2Constants.FILE_NAME, name));
        }
    }

    private void list(Arguments task) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(START)
                        .toF("b2:%s?operation=listFileNames", task.word(1))
                        .process(exchange -> figures.print(
                                "names", count(exchange.getMessage().getMandatoryBody(Iterator.class))));
            }
        });
        send(null, B2Constants.MAX_FILE_COUNT, SdkProgram.PAGE_SIZE);
    }

    private static long count(Iterator<?> iterator) {
        long count = 0;
        while (iterator.hasNext()) {
            iterator.next();
            count++;
        }
        return count;
    }

    private void start(RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
        context.start();
    }

    private void send(@Nullable Object body, String header, Object value) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.sendBodyAndHeader(START, body, header, value);
        }
    }
}
