// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.download;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.plan.TransferOptions.Verify;

/**
 * What is made of the SHA-1 that content arrives with: the one rule for downloads to disk and into bodies. For one
 * download and one thread.
 *
 * <p>What arrives damaged is fetched again, three times in all; the same wrong SHA-1 twice is not damage on the way, but
 * what B2 has.
 */
final class Checksums {
    private static final Logger LOG = LoggerFactory.getLogger(Checksums.class);
    private static final int MOST_FETCHES = 3;

    private final Verify verify;
    private final Set<String> computed = new HashSet<>();
    private int fetches;

    Checksums(Verify verify) {
        this.verify = verify;
    }

    /** What the content of the whole file has to have; empty where nothing is known or nobody wants to know. */
    Optional<String> expected(FileVersion file) {
        return verify == Verify.OFF ? Optional.empty() : file.knownSha1();
    }

    /**
     * Compares, and answers whether the content is good, or may be taken for it; false if it is to be fetched again.
     *
     * @throws B2ChecksumException if fetching it again is in vain
     */
    boolean accept(FileVersion file, String expected, String arrived) {
        if (expected.equals(arrived)) {
            return true;
        }
        fetches++;
        boolean stored = !computed.add(arrived);
        if (!stored && fetches < MOST_FETCHES) {
            LOG.debug("{} arrived with SHA-1 {} instead of {}; fetching it again", file.fileId(), arrived, expected);
            return false;
        }
        return acceptAnyway(file, expected, arrived);
    }

    /**
     * The same for content that cannot be fetched again.
     *
     * @return true
     */
    boolean acceptAnyway(FileVersion file, String expected, String arrived) {
        if (expected.equals(arrived)) {
            return true;
        }
        if (verify == Verify.WARN) {
            LOG.warn(
                    "\"{}\" ({}) arrived with SHA-1 {} instead of {}; it is taken as it is, because verifyChecksum is warn",
                    file.fileName(),
                    file.fileId(),
                    arrived,
                    expected);
            return true;
        }
        String whose = file.verifiedSha1().isPresent() ? "that B2 knows" : "that its uploader asserted";
        throw new B2ChecksumException(ErrorDetails.local(
                        "download",
                        '"' + file.fileName() + "\" (" + file.fileId() + ")",
                        "the content arrived with SHA-1 " + arrived + " instead of " + expected + ", " + whose)
                .withAdvice("if this stays, the stored content or its large_file_sha1 is wrong:"
                        + " verifyChecksum=warn lets you have it all the same"));
    }
}
