// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.wire;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.io.HttpFilterChain;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

import io.github.camelb2.emulator.fault.FaultAction;
import io.github.camelb2.emulator.fault.FaultPlan;

/** Sends one answer, whole or as damaged as the faults want it. */
public final class Response {

    /** As in {@code Fri, 21 Nov 2025 22:02:00 GMT}, with two digits for the day. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final ClassicHttpRequest http;
    private final HttpFilterChain.ResponseTrigger trigger;
    private final FaultPlan faults;
    private final Pacer pacer;
    private final long now;
    /** Runs before the last of the answer leaves. */
    private final Runnable beforeLast;

    private final Stall stall;

    private int status;
    private long bodyBytes;

    public Response(
            ClassicHttpRequest http,
            HttpFilterChain.ResponseTrigger trigger,
            FaultPlan faults,
            Pacer pacer,
            long now,
            Runnable beforeLast,
            Stall stall) {
        this.http = http;
        this.trigger = trigger;
        this.faults = faults;
        this.pacer = pacer;
        this.now = now;
        this.beforeLast = beforeLast;
        this.stall = stall;
    }

    /** What becomes of the connection. */
    public enum Afterwards {
        KEEP,
        CLOSE
    }

    public int status() {
        return status;
    }

    public long bodyBytes() {
        return bodyBytes;
    }

    public void send(Reply reply, Afterwards afterwards) throws HttpException, IOException {
        status = reply.status();
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(reply.status());
        response.addHeader("Date", DATE.format(Instant.ofEpochMilli(now)));
        reply.headers().forEach(response::addHeader);
        boolean head = http.getMethod().equals("HEAD");
        // A HEAD is told how long the file is, but an error has no body to be told of.
        long length = head && reply.status() >= 400 ? 0 : reply.body().length();
        response.addHeader("Content-Length", Long.toString(length));
        if (afterwards == Afterwards.CLOSE || wantsClose()) {
            response.addHeader("Connection", "close");
        }
        if (!head) {
            response.setEntity(new Entity(reply.body()));
        }
        if (head || reply.body().length() == 0) {
            beforeLast.run();
        }
        trigger.submitResponse(response);
    }

    private boolean wantsClose() {
        Header connection = http.getFirstHeader("Connection");
        boolean close = connection != null && connection.getValue().equalsIgnoreCase("close");
        boolean keep = connection != null && connection.getValue().equalsIgnoreCase("keep-alive");
        boolean old = http.getVersion() != null && http.getVersion().lessEquals(HttpVersion.HTTP_1_0);
        return close || (old && !keep);
    }

    private final class Entity extends AbstractHttpEntity {

        private final Body body;

        Entity(Body body) {
            super((String) null, null);
            this.body = body;
        }

        @Override
        public long getContentLength() {
            return body.length();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            MeteredOutput metered = new MeteredOutput(out, body.length());
            body.writeTo(metered);
            metered.flush();
            metered.finish();
        }

        @Override
        public InputStream getContent() {
            throw new UnsupportedOperationException("bodies are written, not read");
        }

        @Override
        public boolean isStreaming() {
            return true;
        }

        @Override
        public void close() {
            // The bytes are released with the reply.
        }
    }

    /** Counts, slows down, damages and cuts off what is written. */
    private final class MeteredOutput extends FilterOutputStream {

        private final long flipAt = faults.find(FaultAction.FlipResponse.class)
                .map(FaultAction.FlipResponse::offset)
                .orElse(-1L);
        private final long dropAt = faults.find(FaultAction.DropResponse.class)
                .map(FaultAction.DropResponse::bytes)
                .orElse(-1L);
        private final long truncateAt = faults.find(FaultAction.Truncate.class)
                .map(FaultAction.Truncate::bytes)
                .orElse(-1L);

        private final long stallAt = faults.find(FaultAction.StallResponse.class)
                .map(FaultAction.StallResponse::bytes)
                .orElse(-1L);

        private final long length;

        MeteredOutput(OutputStream out, long length) {
            super(out);
            this.length = length;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            int done = 0;
            while (done < count) {
                int step = until(stallAt, until(truncateAt, until(dropAt, pacer.step(count - done))));
                if (step > 0) {
                    writeStep(bytes, offset + done, step);
                    done += step;
                } else {
                    finish();
                }
            }
        }

        private int until(long end, int wanted) {
            return end < 0 ? wanted : (int) Math.min(wanted, end - bodyBytes);
        }

        private void writeStep(byte[] bytes, int offset, int count) throws IOException {
            if (bodyBytes + count >= length) {
                beforeLast.run();
            }
            if (flipAt >= bodyBytes && flipAt < bodyBytes + count) {
                byte[] damaged = java.util.Arrays.copyOfRange(bytes, offset, offset + count);
                damaged[(int) (flipAt - bodyBytes)] ^= 1;
                out.write(damaged, 0, count);
            } else {
                out.write(bytes, offset, count);
            }
            bodyBytes += count;
            pacer.pass(count);
        }

        /** Ends the connection if a fault wants that here or earlier. */
        void finish() throws IOException {
            if (stallAt >= 0 && bodyBytes < length) {
                out.flush();
                stall.begin();
                throw new ConnectionDropped(ConnectionDropped.Manner.RESET);
            }
            if (dropAt >= 0) {
                out.flush();
                throw new ConnectionDropped(ConnectionDropped.Manner.RESET);
            }
            if (truncateAt >= 0) {
                out.flush();
                throw new ConnectionDropped(ConnectionDropped.Manner.ORDERLY);
            }
        }
    }
}
