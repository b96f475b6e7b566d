// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.answers;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.github.camelb2.emulator.answers.Situations.Situation;
import io.github.camelb2.emulator.answers.Wire.Answer;
import io.github.camelb2.emulator.answers.Wire.Sent;

/** What no public source says and a live service can be asked; the answers have no sample to be compared with. */
final class OpenQuestions {

    private static final byte[] ONE_BYTE = {'1'};

    private OpenQuestions() {}

    /** All of them; {@code patience} is how long to wait for the end of a connection on which nothing happens. */
    static Map<String, Situation> all(Duration patience) {
        Map<String, Situation> all = new TreeMap<>();
        all.put("login-without-colon", (scene, call) -> Wire.send(Scene.loginRequest(scene.realm(), 4, "no-colon")));
        all.put(
                "login-without-header",
                (scene, call) ->
                        Wire.send(Scene.loginRequest(scene.realm(), 4, "x:y").without("Authorization")));
        all.put(
                "rule-with-batch-beside-its-name",
                (scene, call) -> scene.call(
                        "b2_set_bucket_notification_rules",
                        "{'bucketId':'" + scene.bucketId()
                                + "','eventNotificationRules':[{'name':'first-rule','eventTypes':['b2:ObjectCreated:*'],"
                                + "'isEnabled':false,'objectNamePrefix':'','maxEventsPerBatch':7,'targetConfiguration':"
                                + "{'targetType':'webhook','url':'https://example.com/webhook'}}]}"));
        all.put(
                "info-of-3000-bytes-in-a-new-bucket",
                (scene, call) -> Wire.send(
                        scene.upload(scene.bucketId(), "a.txt", ONE_BYTE).with("X-Bz-Info-long", "x".repeat(3_000))));
        all.put("part-number-10001", (scene, call) -> Wire.send(scene.part(scene.start("m.bin"), 10_001, ONE_BYTE)));
        for (String name : new String[] {"/x", "a//b", "a%5Cb", "a/"}) {
            all.put("name " + name + " read again", (scene, call) -> {
                Wire.send(scene.upload(scene.bucketId(), name, ONE_BYTE));
                return Wire.send(scene.download(name));
            });
        }
        all.put("idle-connection-of-the-api", (scene, call) -> idle(scene.json("b2_list_buckets", "{}"), patience));
        all.put(
                "idle-connection-of-a-pod",
                (scene, call) -> idle(scene.upload(scene.bucketId(), "a.txt", ONE_BYTE), patience));
        all.put("idle-connection-of-downloads", (scene, call) -> idle(scene.download("absent.txt"), patience));
        return all;
    }

    /** Which protocol a host speaks, and how long it keeps a connection on which nothing happens, as far as that is waited for. */
    private static Answer idle(Sent sent, Duration patience) throws IOException {
        URI url = URI.create(sent.url().replaceAll("[?].*", ""));
        String protocol = "none over plain HTTP";
        if (url.getScheme().equals("https")) {
            protocol = alpn(url);
        }
        long begin = System.nanoTime();
        String end = "is kept for longer than " + patience.toMillis() + " ms";
        try (Socket socket = Wire.begin(sent)) {
            Wire.read(socket.getInputStream(), sent.method());
            begin = System.nanoTime();
            socket.setSoTimeout((int) patience.toMillis());
            if (socket.getInputStream().read() < 0) {
                end = "ends after " + (System.nanoTime() - begin) / 1_000_000 + " ms";
            }
        } catch (java.net.SocketTimeoutException stillOpen) {
            // Said already.
        }
        return new Answer(200, Map.of("Server", "ALPN: " + protocol + "; connection " + end), "");
    }

    private static String alpn(URI url) throws IOException {
        int port = url.getPort() < 0 ? 443 : url.getPort();
        try (SSLSocket socket = (SSLSocket) Wire.tls().createSocket(url.getHost(), port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket.getApplicationProtocol().isEmpty() ? "none" : socket.getApplicationProtocol();
        }
    }
}
