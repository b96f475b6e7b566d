// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpFilterChain;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.fault.FaultAction;
import io.github.camelb2.emulator.fault.FaultPlan;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.store.ContentStore;

/** A request on its way in. Its body is asked for only when somebody reads it: until then an error can be answered in its place. */
public final class Request {

    /** More than the JSON of a large file with 10,000 parts. */
    private static final int MAX_JSON = 4 * 1024 * 1024;

    private static final int MAX_RECORDED = 64 * 1024;

    /** More than most uploads, which are read to their end so that their client reads the answer. */
    private static final long MAX_DRAINED = 1L << 30;

    private final ClassicHttpRequest http;
    private final HttpFilterChain.ResponseTrigger trigger;
    private final Target target;
    private final Hosts hosts;
    private final Hosts.Role role;
    private final FaultPlan faults;
    private final Pacer pacer;
    private final Stall stall;
    private boolean brokenOff;
    private @Nullable InputStream body;
    private long bodyBytes;
    private String recorded = "";

    public Request(
            ClassicHttpRequest http,
            HttpFilterChain.ResponseTrigger trigger,
            Target target,
            Hosts hosts,
            Hosts.Role role,
            FaultPlan faults,
            Pacer pacer,
            Stall stall) {
        this.http = http;
        this.trigger = trigger;
        this.target = target;
        this.hosts = hosts;
        this.role = role;
        this.faults = faults;
        this.pacer = pacer;
        this.stall = stall;
    }

    public String method() {
        return http.getMethod();
    }

    public Target target() {
        return target;
    }

    public FaultPlan faults() {
        return faults;
    }

    @Nullable
    public String header(String name) {
        Header header = http.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** All headers as they were written; the last one of a name counts. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : http.getHeaders()) {
            headers.put(header.getName(), header.getValue());
        }
        return headers;
    }

    public Hosts hosts() {
        return hosts;
    }

    /** Whether the host that the request came to serves such calls. */
    public boolean isAtItsHost() {
        return role.serves(target);
    }

    /** The URL under which the client knows this server, without a trailing slash. */
    public String baseUrl() {
        String host = header("Host");
        return host == null || host.isBlank() ? hosts.url() : hosts.scheme() + "://" + host;
    }

    /** The announced length of the body; -1 if none was announced. */
    public long contentLength() {
        HttpEntity entity = http.getEntity();
        if (entity != null) {
            return entity.getContentLength();
        }
        return header("Content-Length") == null ? -1 : 0;
    }

    /** Bytes of the body that were read so far. */
    public long bodyBytes() {
        return bodyBytes;
    }

    /** Whether the client waits for permission to send a body that nobody wants any more. */
    public boolean isBodyWithheld() {
        return body == null && http.getEntity() != null && expectsContinue();
    }

    private boolean expectsContinue() {
        return "100-continue".equalsIgnoreCase(header("Expect"));
    }

    /** The body; asks the client to send it. */
    public InputStream body() throws IOException {
        if (body == null) {
            HttpEntity entity = http.getEntity();
            if (entity == null) {
                body = InputStream.nullInputStream();
                return body;
            }
            if (expectsContinue()) {
                sendContinue();
            }
            body = new MeteredBody(entity.getContent());
        }
        return body;
    }

    private void sendContinue() throws IOException {
        try {
            trigger.sendInformation(new BasicClassicHttpResponse(100));
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    /** Whether so much of the body is still to come that the answer must not wait for it. */
    public boolean isLongToDrain() {
        return contentLength() - bodyBytes > MAX_DRAINED;
    }

    /** Reads the rest of the body and forgets it. */
    public void drain() throws IOException {
        InputStream rest = body();
        byte[] buffer = new byte[ContentStore.BUFFER_SIZE];
        while (rest.read(buffer) >= 0) {
            // What was read is not wanted.
        }
    }

    /** The client ended its body too early; the connection is of no more use. */
    public void breakOff() {
        brokenOff = true;
    }

    public boolean isBrokenOff() {
        return brokenOff;
    }

    /** Nobody will read the body: the connection must end with the answer. */
    public void abandonBody() {
        http.setEntity(null);
    }

    public byte[] json() throws IOException {
        byte[] bytes = body().readNBytes(MAX_JSON + 1);
        if (bytes.length > MAX_JSON) {
            throw B2Error.badRequest("request body is larger than " + MAX_JSON + " bytes");
        }
        recorded = new String(bytes, 0, Math.min(bytes.length, MAX_RECORDED), StandardCharsets.UTF_8);
        return bytes;
    }

    /** The JSON that was read, as far as it is kept for the record. */
    public String recordedJson() {
        return recorded;
    }

    /** Counts, slows down and damages what is read. */
    private final class MeteredBody extends FilterInputStream {

        private final long flipAt = faults.find(FaultAction.FlipRequest.class)
                .map(FaultAction.FlipRequest::offset)
                .orElse(-1L);
        private final long dropAt = faults.find(FaultAction.DropRequest.class)
                .map(FaultAction.DropRequest::bytes)
                .orElse(-1L);

        private final long stallAt = faults.find(FaultAction.StallRequest.class)
                .map(FaultAction.StallRequest::bytes)
                .orElse(-1L);

        MeteredBody(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            int wanted = pacer.step(count);
            if (dropAt >= 0) {
                wanted = (int) Math.min(wanted, dropAt - bodyBytes);
                if (wanted == 0) {
                    throw new ConnectionDropped(ConnectionDropped.Manner.RESET);
                }
            }
            if (stallAt >= 0) {
                wanted = (int) Math.min(wanted, Math.max(0, stallAt - bodyBytes));
                if (wanted == 0) {
                    stall.begin();
                    throw new ConnectionDropped(ConnectionDropped.Manner.RESET);
                }
            }
            int read = super.read(bytes, offset, wanted);
            if (read > 0) {
                if (flipAt >= bodyBytes && flipAt < bodyBytes + read) {
                    bytes[offset + (int) (flipAt - bodyBytes)] ^= 1;
                }
                bodyBytes += read;
                pacer.pass(read);
            }
            return read;
        }
    }
}
