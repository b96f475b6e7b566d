// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.transfer.Transfers;
import io.github.camelb2.client.transfer.resume.UploadClaim;
import io.github.camelb2.client.transfer.resume.UploadClaims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@DisabledOnOs(
        value = OS.WINDOWS,
        disabledReason = "it has no POSIX permissions, and a temporary directory for each user")
class PrivateDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void whatIsMadeCanBeReadByThisUserOnly() throws IOException {
        Path directory = parent.resolve("a/b");

        PrivateDirectory.prepare(directory);
        new UploadClaims(directory, Instant::now).open("bucket", "file").abandon();
        SpoolFile piece = SpoolFile.create(directory);

        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(directory.getParent())).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(2).allSatisfy(file -> assertThat(permissions(file))
                    .isEqualTo("rw-------"));
        } finally {
            piece.close();
        }
    }

    @Test
    void theDefaultDirectoryOfThisUserIsTaken() throws IOException {
        Path directory = Transfers.defaultTemporaryDirectory();

        PrivateDirectory.prepare(directory);

        assertThat(directory).isDirectory();
    }

    @Test
    void theDirectoryOfAnotherUserIsRefused() throws IOException {
        UserPrincipal another = () -> "somebody";

        assertThatThrownBy(() -> PrivateDirectory.refuseOther(parent, another))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("it belongs to " + Files.getOwner(parent).getName() + " and not to somebody")
                .hasMessageContaining("set java.io.tmpdir");
        PrivateDirectory.refuseOther(parent, Files.getOwner(parent));
    }

    @Test
    void aClaimThatIsALinkIsNotWrittenThrough() throws IOException {
        Path precious = Files.writeString(parent.resolve("precious"), "mine");
        UploadClaims claims = new UploadClaims(parent, Instant::now);
        UploadClaim claim = claims.open("bucket", "file");
        claim.abandon();
        try (Stream<Path> files = Files.list(parent)) {
            Path planted = files.filter(file -> file.toString().endsWith(".claim"))
                    .findFirst()
                    .orElseThrow();
            Files.delete(planted);
            Files.createSymbolicLink(planted, precious);
        }

        UploadClaims.Found found = claims.find("bucket", "file");

        assertThat(found.dead()).isEmpty();
        assertThat(found.alive()).isEmpty();
        assertThat(precious).hasContent("mine");
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
