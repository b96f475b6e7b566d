// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.B2Endpoint;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.transfer.local.LocalFailure;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.operation.file.BodySources;
import io.github.camelb2.operation.header.GatheredOrders;

/**
 * Gathers messages into files. An exchange is done when its message is as safe as the option {@code acknowledge} says; until
 * then it holds no thread, unless its caller waits for it.
 */
@ManagedResource(description = "Streaming uploads to Backblaze B2")
public final class StreamingProducer extends DefaultAsyncProducer {
    private static final Logger LOG = LoggerFactory.getLogger(StreamingProducer.class);

    /** How long a stop waits for files to be stored; the rest stays in the spool. */
    private static final Duration STOP = Duration.ofSeconds(30);

    /** For what came last. */
    private static final Duration LEAST_STOP = Duration.ofSeconds(1);

    /** Camel asks once a second what is left; most files are stored in less. */
    private static final Duration STEP = Duration.ofMillis(500);

    private static final int THREADS_TO_GO_ON = 4;
    private static final int LONGEST_PARTITION = 10_000;

    private final StreamSettings settings;
    private final StreamingProducers streams;
    private final InstantSource clock;
    private final HostileNames names;
    private final @Nullable Expression partition;
    private volatile @Nullable Stream stream;
    private volatile @Nullable ExecutorService goOn;
    private final Closing closing = new Closing();
    private volatile boolean warned;

    StreamingProducer(B2Endpoint endpoint, StreamSettings settings, StreamingProducers streams, InstantSource clock) {
        super(endpoint);
        this.settings = settings;
        this.streams = streams;
        this.clock = clock;
        CamelContext context = endpoint.getCamelContext();
        this.names = new HostileNames(context, String.valueOf(settings.options().getFileName()));
        String key = settings.options().getPartitionBy();
        this.partition = key == null ? null : context.resolveLanguage("simple").createExpression(key);
        if (partition != null) {
            partition.init(context);
        }
    }

    /**
     * Stores what is gathered while the routes stop, and not behind that: whoever waits for a file must not wait for its last
     * message when no more come, and the route that is told of files has to run for the last of them.
     */
    private final class Closing extends LifecycleStrategySupport implements Service, ShutdownAware {
        /** Those that tell this when they stop. */
        private final Set<String> routes = ConcurrentHashMap.newKeySet();

        /** Since when a stop is under way, as {@link System#nanoTime}; null for none. */
        private volatile @Nullable Long since;

        @Override
        public void onContextStopping(CamelContext context) {
            begin();
            hurry();
        }

        /** One of the routes stops that exchanges which wait are in; it waits for them. */
        @Override
        public void prepareShutdown(boolean suspendOnly, boolean forced) {
            begin();
            // Files that nobody waits for go on with the messages of other routes.
            if (!settings.isAcknowledgedBySpool() || isEnd()) {
                hurry();
            }
        }

        /** A stop has several steps, and one budget; what is long ago was another one, as of a context that was suspended. */
        private void begin() {
            Long known = since;
            long now = System.nanoTime();
            if (known == null || now - known > 2 * STOP.toNanos()) {
                since = now;
            }
        }

        /** Whether no message comes behind this stop. */
        private boolean isEnd() {
            return getEndpoint().getCamelContext().isStopping() || streams.isLastUser(settings);
        }

        private void hurry() {
            Stream gathering = stream;
            if (gathering != null) {
                gathering.hurry();
            }
        }

        @Override
        public boolean deferShutdown(ShutdownRunningTask task) {
            return false;
        }

        /** Files that are not stored: Camel stops the routes that others need when there are none. */
        @Override
        public int getPendingExchangesSize() {
            Stream gathering = stream;
            if (gathering == null || since == null || !isEnd() || left().isZero()) {
                return 0;
            }
            return gathering.filesToStore(STEP);
        }

        /** How long the stop may wait for them still. */
        Duration left() {
            Long begin = since;
            Duration left = begin == null ? STOP : STOP.minusNanos(System.nanoTime() - begin);
            return left.isNegative() ? Duration.ZERO : left;
        }

        /** Routes tell their own services that they stop. */
        void listenTo(Exchange exchange) {
            Route at = ExchangeHelper.getRoute(exchange);
            listenTo(at == null ? null : at.getRouteId(), exchange);
            if (!settings.isAcknowledgedBySpool()) {
                listenTo(exchange.getFromRouteId(), exchange);
            }
        }

        private void listenTo(@Nullable String id, Exchange exchange) {
            if (id == null || routes.contains(id)) {
                return;
            }
            synchronized (this) {
                Route route = exchange.getContext().getRoute(id);
                if (route != null && !route.getServices().contains(this)) {
                    route.addService(this);
                }
                routes.add(id);
            }
        }

        @Override
        public void start() {
            routes.clear();
            since = null;
        }

        /** A route that starts again may have other services. */
        @Override
        public void stop() {
            routes.clear();
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        CamelContext context = getEndpoint().getCamelContext();
        goOn = context.getExecutorServiceManager().newFixedThreadPool(this, "b2-streaming-done", THREADS_TO_GO_ON);
        closing.start();
        stream = streams.borrow((B2Endpoint) getEndpoint(), settings, clock);
        context.addLifecycleStrategy(closing);
    }

    @Override
    protected void doStop() throws Exception {
        CamelContext context = getEndpoint().getCamelContext();
        context.getLifecycleStrategies().remove(closing);
        Stream ended = stream;
        stream = null;
        if (ended != null) {
            Duration left = closing.left();
            streams.release(settings, ended, left.compareTo(LEAST_STOP) < 0 ? LEAST_STOP : left);
        }
        ExecutorService threads = goOn;
        goOn = null;
        if (threads != null) {
            context.getExecutorServiceManager().shutdownGraceful(threads);
        }
        super.doStop();
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        warnOfWaiting(exchange);
        CountDownLatch safe = new CountDownLatch(1);
        add(exchange, safe::countDown);
        safe.await();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            warnOfWaiting(exchange);
            add(exchange, () -> goOn(callback));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.setException(e);
        } catch (IOException | RuntimeException e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    private void goOn(AsyncCallback callback) {
        ExecutorService threads = goOn;
        try {
            if (threads != null) {
                threads.execute(() -> callback.done(false));
                return;
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The producer is stopping", e);
        }
        callback.done(false);
    }

    /** Adds the messages of the exchange: one, or those that a batching consumer or an aggregator has put into its body. */
    private void add(Exchange exchange, Runnable done) throws IOException, InterruptedException {
        closing.listenTo(exchange);
        Stream gathering = started();
        GatheredOrders.take(exchange, settings.options());
        List<Exchange> messages = members(exchange, exchange.getMessage().getBody());
        // All are read before the first is added: one that cannot be takes none of the others into a file.
        List<ReadMessage> read = read(exchange, messages);
        if (read.isEmpty()) {
            done.run();
            return;
        }
        Together waiter = new Together(exchange, read.size(), done);
        int added = 0;
        try {
            for (ReadMessage message : read) {
                gathering.add(
                        message.key(),
                        message.content(),
                        message.isRepeated(),
                        message.position(),
                        message.wish(),
                        waiter);
                added++;
            }
        } finally {
            if (added < read.size()) {
                // The exchange fails, and what is in a file already comes once more.
                gathering.figures().repeatedFile(added);
            }
        }
    }

    /** @param wish the name of a new file for it; evaluated here where a later message could no more be refused alone */
    private record ReadMessage(
            Stream.Key key,
            byte[] content,
            boolean isRepeated,
            Positions.@Nullable Position position,
            Supplier<String> wish) {}

    private List<ReadMessage> read(Exchange exchange, List<Exchange> messages) {
        List<ReadMessage> read = new ArrayList<>(messages.size());
        boolean isAlone = messages.size() == 1;
        for (Exchange message : messages) {
            try {
                if (message != exchange) {
                    GatheredOrders.take(message, settings.options());
                }
                byte[] content = content(message);
                boolean isRepeated = isRepeated(message) || isRepeated(exchange);
                Stream.Key key = evaluated(message, content, () -> key(message));
                Supplier<String> later = () -> evaluated(message, content, () -> wish(message));
                String wish = isAlone ? null : later.get();
                Positions.Position position = Positions.Position.of(message.getMessage());
                read.add(new ReadMessage(key, content, isRepeated, position, wish == null ? later : () -> wish));
            } catch (IllegalArgumentException e) {
                if (isAlone) {
                    throw e;
                }
                throw new IllegalArgumentException(
                        "message " + (read.size() + 1) + " of " + messages.size() + " in the body: " + e.getMessage()
                                + "; none of them is in a file: take such messages out before",
                        e);
            }
        }
        return read;
    }

    /** Evaluates what may want the body: a stream has been read already. */
    private static <T> T evaluated(Exchange message, byte[] content, Supplier<T> expression) {
        Object body = message.getMessage().getBody();
        if (!(body instanceof InputStream)) {
            return expression.get();
        }
        message.getMessage().setBody(content);
        try {
            return expression.get();
        } finally {
            message.getMessage().setBody(body);
        }
    }

    /** Whether its broker says that it has delivered the message before: what became of it then nobody knows. */
    private static boolean isRepeated(Exchange message) {
        return message.isExternalRedelivered()
                || Boolean.TRUE.equals(message.getMessage().getHeader("JMSRedelivered", Boolean.class));
    }

    Stream started() {
        Stream gathering = stream;
        if (gathering == null) {
            throw new IllegalStateException("The producer of " + getEndpoint() + " is not started");
        }
        return gathering;
    }

    private static List<Exchange> members(Exchange exchange, @Nullable Object body) {
        if (body instanceof Collection<?> all
                && all.stream().allMatch(it -> it instanceof Exchange || it instanceof Message)) {
            return all.stream()
                    .map(it -> it instanceof Exchange member ? member : of((Message) it, exchange))
                    .toList();
        }
        return List.of(exchange);
    }

    private static Exchange of(Message message, Exchange together) {
        Exchange own = message.getExchange();
        if (own != null && own.getMessage() == message) {
            return own;
        }
        Exchange made = new DefaultExchange(together.getContext());
        made.setMessage(message);
        return made;
    }

    private Stream.Key key(Exchange message) {
        Expression by = partition;
        String text = by == null ? null : by.evaluate(message, String.class);
        if (text != null && text.length() > LONGEST_PARTITION) {
            throw new IllegalArgumentException(
                    "Option partitionBy=" + settings.options().getPartitionBy() + " gives " + text.length()
                            + " characters for this message; it may give up to " + LONGEST_PARTITION);
        }
        return new Stream.Key(text == null ? "" : text, settings.window() == 0 ? null : window(message));
    }

    private long window(Exchange message) {
        String header = settings.options().getTimestampHeaderName();
        Object value = message.getMessage().getHeader(header);
        long time = value == null ? clock.millis() : millis(header, value, message);
        return Math.floorDiv(time, settings.window()) * settings.window();
    }

    private static long millis(String header, Object value, Exchange message) {
        if (value instanceof Date date) {
            return date.getTime();
        }
        Long number = value instanceof Instant instant
                ? FileNumbers.millis(instant)
                : message.getContext().getTypeConverter().tryConvertTo(Long.class, message, value);
        if (number == null || !FileNumbers.isInCalendar(number)) {
            throw new IllegalArgumentException("Header " + header + "=" + value
                    + " is no time: set milliseconds since 1970, a Date or an Instant");
        }
        return number;
    }

    private String wish(Exchange message) {
        String name = names.of(message);
        return FileNumbers.checked(
                settings.window() == 0 ? name : FileNumbers.inWindow(name, Instant.ofEpochMilli(window(message))));
    }

    private static byte[] content(Exchange message) {
        UploadSource source = BodySources.of(message, OptionalLong.empty());
        try (InputStream stream = source.open()) {
            byte[] content = stream.readNBytes(StreamSettings.LONGEST_MESSAGE + 1);

            if (content.length > StreamSettings.LONGEST_MESSAGE) {
                throw new B2LocalContentException(ErrorDetails.local(
                                "streamingUpload",
                                source.describe(),
                                "it is longer than the " + StreamSettings.LONGEST_MESSAGE
                                        + " bytes that one message of a file may have")
                        .withAdvice("upload it as a file of its own"));
            }
            return content;
        } catch (IOException e) {
            throw LocalFailure.reading(source, e);
        }
    }

    private void warnOfWaiting(Exchange exchange) {
        if (settings.isAcknowledgedBySpool()) {
            return;
        }
        if (warned) {
            return;
        }
        warned = true;
        Endpoint from = exchange.getFromEndpoint();
        String uri = from == null ? "" : from.getEndpointUri();
        boolean isMany = exchange.getMessage().getBody() instanceof Collection<?>;
        if (!isMany && !uri.contains("asyncConsumer=true") && !uri.contains("batching=true")) {
            LOG.warn(
                    "acknowledge={} of {}: {} is done when B2 has stored its {}; a consumer that waits for each message gives"
                            + " the next one only then. Write asyncConsumer=true or batching=true there, or acknowledge=spool",
                    settings.options().getAcknowledge(),
                    getEndpoint(),
                    from == null ? "each exchange" : "each exchange of " + from,
                    settings.options().getAcknowledge());
        }
    }

    /** Waits for all messages of one exchange, and tells it once. */
    private static final class Together implements Waiter {
        private final Exchange exchange;
        private final Runnable done;
        private int left;
        private @Nullable Exception failed;

        Together(Exchange exchange, int messages, Runnable done) {
            this.exchange = exchange;
            this.left = messages;
            this.done = done;
        }

        @Override
        public void done(@Nullable StoredBatch file, @Nullable Exception failure) {
            synchronized (this) {
                failed = failed == null ? failure : failed;
                if (--left > 0) {
                    return;
                }
            }
            if (failed != null) {
                exchange.setException(failed);
            } else if (file != null) {
                file.describe(exchange.getMessage());
            }
            done.run();
        }
    }

    @ManagedOperation(description = "Closes the files that are gathered now, and stores them")
    public void closeFiles() {
        started().closeOpenFiles();
    }

    @ManagedAttribute(description = "Where the spool is")
    public String getSpoolDirectory() {
        return settings.spool().toString();
    }

    @ManagedAttribute(description = "Bytes in the spool")
    public long getSpoolBytes() {
        return started().spooledBytes();
    }

    @ManagedAttribute(description = "Messages in the spool, whose files are not stored yet")
    public long getSpoolMessages() {
        return started().messagesToStore();
    }

    @ManagedAttribute(description = "Files that messages are gathered into now")
    public int getOpenFiles() {
        return started().openFiles();
    }

    @ManagedAttribute(description = "Messages that were taken since the start")
    public long getMessages() {
        return started().figures().added();
    }

    @ManagedAttribute(description = "Messages that may be in a file for the second time")
    public long getRepeatedMessages() {
        return started().figures().repeated();
    }

    @ManagedAttribute(description = "Messages that the start found in the spool")
    public long getRecoveredMessages() {
        return started().figures().recovered();
    }

    @ManagedAttribute(description = "Messages in files that are stored since the start")
    public long getStoredMessages() {
        return started().figures().storedMessages();
    }

    @ManagedAttribute(description = "Files stored since the start")
    public long getStoredFiles() {
        return started().figures().storedFiles();
    }

    @ManagedAttribute(description = "Parts of large files stored since the start")
    public long getStoredParts() {
        return started().figures().storedParts();
    }

    @ManagedAttribute(description = "How often storing failed; it is tried again")
    public long getFailures() {
        return started().figures().failures();
    }

    @ManagedAttribute(description = "How often a message found the spool full and waited")
    public long getWaitsForRoom() {
        return started().figures().waits();
    }

    @ManagedAttribute(description = "How often the spool was forced to the disk; one turn is for many messages")
    public long getCommits() {
        return started().commits();
    }

    @ManagedAttribute(description = "What went wrong last, until something is stored again")
    public @Nullable String getLastFailure() {
        return started().trouble().orElse(null);
    }
}
