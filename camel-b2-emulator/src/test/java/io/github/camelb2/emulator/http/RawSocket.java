// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A connection on which every byte is ours. */
final class RawSocket implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    RawSocket(String url) throws IOException {
        this(url, new Socket());
    }

    /** The same with a socket that is not connected yet, for instance one that speaks TLS. */
    RawSocket(String url, Socket unconnected) throws IOException {
        URI uri = URI.create(url);
        socket = unconnected;
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 10_000);
        socket.setSoTimeout(10_000);
        in = socket.getInputStream();
    }

    /** A message head: its lines as they came. */
    record Head(List<String> lines) {

        int status() {
            return Integer.parseInt(lines.get(0).split(" ")[1]);
        }

        Optional<String> header(String exactName) {
            return lines.stream()
                    .filter(line -> line.startsWith(exactName + ": "))
                    .map(line -> line.substring(exactName.length() + 2))
                    .findFirst();
        }
    }

    void send(String... lines) throws IOException {
        send((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    Head head() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the connection ended after: " + text);
            }
            bytes.write(b);
            text = bytes.toString(StandardCharsets.ISO_8859_1);
        }
        return new Head(List.of(text.strip().split("\r\n")));
    }

    String body(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    String body(Head head) throws IOException {
        return body(Integer.parseInt(head.header("Content-Length").orElseThrow()));
    }

    /** Whether the other side has ended the connection in good order. */
    boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
