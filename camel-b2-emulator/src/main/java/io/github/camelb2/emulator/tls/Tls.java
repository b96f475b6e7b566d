// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The emulator's certificate and how clients come to trust it. It lies in the folder {@code tls} of the data directory and is made when it is not
 * there, or is not for all addresses. Safe for use by many threads.
 */
public final class Tls {

    /** The password of the trust store: it keeps nothing secret. */
    public static final String TRUST_STORE_PASSWORD = "changeit";

    private static final String ALIAS = "camel-b2-emulator";
    private static final int IP_ADDRESS = 7;

    private final SSLContext server;
    private final SSLContext client;
    private final Path trustStore;
    private final Path certificate;

    private Tls(SSLContext server, SSLContext client, Path trustStore, Path certificate) {
        this.server = server;
        this.client = client;
        this.trustStore = trustStore;
        this.certificate = certificate;
    }

    /**
     * Reads the certificate below a data directory, or makes one for {@code localhost} and these addresses; for an address that stands for all of
     * them, as in a container, for the name of this machine too.
     */
    public static Tls open(Path dataDirectory, List<InetAddress> listening, InstantSource clock) throws IOException {
        List<InetAddress> addresses = listening.stream()
                .map(address -> address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address)
                .toList();
        List<String> names = new ArrayList<>(List.of("localhost"));
        if (listening.stream().anyMatch(InetAddress::isAnyLocalAddress)) {
            names.add(InetAddress.getLocalHost().getHostName());
        }
        Path folder = Files.createDirectories(dataDirectory.resolve("tls"));
        Path keyStore = folder.resolve("server.p12");
        Path trustStore = folder.resolve("truststore.p12");
        Path pem = folder.resolve("certificate.pem");
        try {
            if (!isFor(keyStore, addresses)) {
                SelfSigned made = SelfSigned.create(names, addresses, clock.instant());
                Files.writeString(pem, made.pem(), StandardCharsets.US_ASCII);
                writeTrust(trustStore, made.certificate());
                writeKey(keyStore, made);
            }
            return new Tls(serverContext(read(keyStore)), trusting(read(trustStore)), trustStore, pem);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make TLS from " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Whether there is a certificate for all of these addresses. */
    private static boolean isFor(Path keyStore, List<InetAddress> addresses)
            throws IOException, GeneralSecurityException {
        if (!Files.exists(keyStore)) {
            return false;
        }
        Collection<List<?>> names =
                ((X509Certificate) read(keyStore).getCertificate(ALIAS)).getSubjectAlternativeNames();
        List<String> known = names.stream()
                .filter(name -> name.get(0).equals(IP_ADDRESS))
                .map(name -> String.valueOf(name.get(1)))
                .toList();
        return known.containsAll(
                addresses.stream().map(InetAddress::getHostAddress).toList());
    }

    private static KeyStore read(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, TRUST_STORE_PASSWORD.toCharArray());
        }
        return store;
    }

    private static void writeTrust(Path file, Certificate certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(ALIAS, certificate);
        write(file, store);
    }

    private static void writeKey(Path file, SelfSigned made) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                ALIAS, made.key(), TRUST_STORE_PASSWORD.toCharArray(), new Certificate[] {made.certificate()});
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        write(file, store);
    }

    private static void write(Path file, KeyStore store) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, TRUST_STORE_PASSWORD.toCharArray());
        }
    }

    private static SSLContext serverContext(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, TRUST_STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext trusting(KeyStore store) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {managerOf(store)}, null);
        return context;
    }

    private static X509TrustManager managerOf(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    /** With which the server speaks. */
    public SSLContext serverContext() {
        return server;
    }

    /** A context that trusts the emulator and nobody else, for clients in this JVM. */
    public SSLContext clientContext() {
        return client;
    }

    /**
     * A trust store of type PKCS12 with the certificate, for {@code -Djavax.net.ssl.trustStore} of another JVM; the password is {@link
     * #TRUST_STORE_PASSWORD}.
     */
    public Path trustStore() {
        return trustStore;
    }

    /** The certificate as PEM, for other programs: {@code SSL_CERT_FILE}, {@code REQUESTS_CA_BUNDLE}, {@code curl --cacert}. */
    public Path certificate() {
        return certificate;
    }
}
