// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A new key with a certificate that it signed itself. The JDK reads certificates but has no public way to make one; running {@code keytool} would
 * take longer than everything else at the start, and is not in every runtime.
 *
 * @param key the private key, on the curve P-256
 * @param certificate for some names and addresses, for ten years; clients may trust it as an authority
 */
record SelfSigned(PrivateKey key, X509Certificate certificate) {

    private static final Duration VALIDITY = Duration.ofDays(3_650);
    /** Clocks of other machines may be behind. */
    private static final Duration BEFORE = Duration.ofDays(1);

    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));

    static SelfSigned create(List<String> names, List<InetAddress> addresses, Instant now)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text("Camel B2 emulator"))));
        byte[] body = Der.sequence(
                Der.of(0xA0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(64, new SecureRandom()).setBit(62)),
                ECDSA_WITH_SHA256,
                name,
                Der.sequence(Der.time(now.minus(BEFORE)), Der.time(now.plus(VALIDITY))),
                name,
                pair.getPublic().getEncoded(),
                Der.of(0xA3, extensions(names, addresses)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(body);
        byte[] certificate = Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
        return new SelfSigned(pair.getPrivate(), (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)));
    }

    private static byte[] extensions(List<String> names, List<InetAddress> addresses) {
        List<byte[]> all = new ArrayList<>();
        names.forEach(name -> all.add(Der.of(0x82, name.getBytes(StandardCharsets.US_ASCII))));
        addresses.forEach(address -> all.add(Der.of(0x87, address.getAddress())));
        return Der.sequence(
                extension("2.5.29.17", false, Der.sequence(all.toArray(byte[][]::new))),
                // An authority that signed itself: this is how OpenSSL, Go and Java alike accept it as a root.
                extension("2.5.29.19", true, Der.sequence(Der.bool(true))),
                // To sign, and to sign certificates.
                extension("2.5.29.15", true, Der.bits(2, new byte[] {(byte) 0x84})),
                // For servers.
                extension("2.5.29.37", false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))));
    }

    private static byte[] extension(String oid, boolean isCritical, byte[] value) {
        return isCritical
                ? Der.sequence(Der.oid(oid), Der.bool(true), Der.octets(value))
                : Der.sequence(Der.oid(oid), Der.octets(value));
    }

    /** The certificate as text, for everything but Java. */
    String pem() throws GeneralSecurityException {
        String base64 = java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    }
}
