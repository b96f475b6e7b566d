// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.answers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** One request on a connection of its own, byte for byte as it is told, and what came back: no HTTP library corrects anything. */
final class Wire {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern URL = Pattern.compile("(https?)://([^:/]+)(?::(\\d+))?(/.*)");
    private static final int PATIENCE_MILLIS = 20_000;

    private Wire() {}

    /** A request; {@code announced} is the Content-Length that it claims, -1 for none at all. */
    record Sent(String method, String url, Map<String, String> headers, byte[] body, long announced) {

        static Sent of(String method, String url, Map<String, String> headers, byte[] body) {
            return new Sent(method, url, headers, body, body.length > 0 || method.equals("POST") ? body.length : -1);
        }

        Sent with(String header, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Sent(method, url, more, body, announced);
        }

        Sent without(String header) {
            Map<String, String> fewer = new LinkedHashMap<>(headers);
            fewer.remove(header);
            return new Sent(method, url, fewer, body, announced);
        }

        Sent announcing(long length) {
            return new Sent(method, url, headers, body, length);
        }
    }

    /** What came back; names of headers in any case. */
    record Answer(int status, Map<String, String> headers, String body) {

        JsonNode json() {
            try {
                JsonNode tree = JSON.readTree(body);
                return tree == null ? MissingNode.getInstance() : tree;
            } catch (JsonProcessingException e) {
                return MissingNode.getInstance();
            }
        }

        String text(String member) {
            JsonNode value = json().at("/" + member.replace('.', '/'));
            if (value.isMissingNode() || value.isNull()) {
                throw new AssertionError("no " + member + " in " + status + " " + body);
            }
            return value.asText();
        }
    }

    /** How often each call was made, for whoever wants to know what it costs. */
    static final ThreadLocal<Map<String, Long>> COUNTED = new ThreadLocal<>();

    /**
     * How time passes while something is waited for.
     *
     * @param step how often to look
     * @param passing what is done after each look
     */
    record Time(Duration step, Runnable passing) {}

    /** That of this thread: usually the real one. */
    static final ThreadLocal<Time> TIME = ThreadLocal.withInitial(() -> new Time(Duration.ofMillis(500), () -> {}));

    private static final Pattern CALL = Pattern.compile(".*/(b2_[a-z_]+).*|.*(/file/).*");

    /** The price of a call in US dollars: of class B 0.004 for 10,000, of class C 0.004 for 1,000; what uploads and deletes is free. */
    static double dollars(String call) {
        boolean isFree = call.matches("b2_(upload|delete|cancel|finish|hide|start|get_upload|update_file).*");
        boolean isB = call.startsWith("b2_download") || call.equals("b2_get_file_info") || call.equals("/file/");
        return isFree ? 0 : isB ? 0.004 / 10_000 : 0.004 / 1_000;
    }

    private static void count(Sent sent) {
        Map<String, Long> counted = COUNTED.get();
        Matcher call = CALL.matcher(sent.url());
        if (counted != null && call.matches()) {
            counted.merge(call.group(1) == null ? call.group(2) : call.group(1), 1L, Long::sum);
        }
    }

    static Answer send(Sent sent) throws IOException {
        count(sent);
        try (Socket socket = open(sent)) {
            write(sent, socket);
            return read(socket.getInputStream(), sent.method());
        }
    }

    /** A connection on which a request was begun: its head and some of its body were sent. */
    static Socket begin(Sent sent) throws IOException {
        count(sent);
        Socket socket = open(sent);
        socket.getOutputStream().write(head(sent));
        socket.getOutputStream().write(sent.body());
        socket.getOutputStream().flush();
        return socket;
    }

    private static Socket open(Sent sent) throws IOException {
        Matcher url = match(sent.url());
        boolean tls = url.group(1).equals("https");
        int port = url.group(3) == null ? (tls ? 443 : 80) : Integer.parseInt(url.group(3));
        Socket socket = tls ? tls().createSocket(url.group(2), port) : new Socket(url.group(2), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        if (socket instanceof SSLSocket secure) {
            SSLParameters checked = secure.getSSLParameters();
            checked.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(checked);
        }
        return socket;
    }

    /** Of those whom the JVM trusts now. */
    static SSLSocketFactory tls() throws IOException {
        try {
            return SSLContext.getDefault().getSocketFactory();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private static Matcher match(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw new IllegalArgumentException("not a URL: " + text);
        }
        return url;
    }

    private static void write(Sent sent, Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(head(sent));
        try {
            out.write(sent.body());
            out.flush();
            if (sent.announced() > sent.body().length) {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            // Refused before all was sent: the answer is there already.
            if (socket.getInputStream().available() == 0) {
                throw e;
            }
        }
    }

    private static byte[] head(Sent sent) {
        Matcher url = match(sent.url());
        String host = url.group(2) + (url.group(3) == null ? "" : ":" + url.group(3));
        StringBuilder head =
                new StringBuilder(sent.method() + " " + url.group(4) + " HTTP/1.1\r\nHost: " + host + "\r\n");
        sent.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (sent.announced() >= 0) {
            head.append("Content-Length: ").append(sent.announced()).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    static Answer read(InputStream in, String method) throws IOException {
        String[] lines = readHead(in).split("\r\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        String length = headers.get("Content-Length");
        byte[] body = new byte[0];
        if (!method.equals("HEAD")) {
            body = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        }
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the connection ended in the head of the answer: " + text);
            }
            head.write(b);
            text = head.toString(StandardCharsets.ISO_8859_1);
        }
        return text;
    }
}
