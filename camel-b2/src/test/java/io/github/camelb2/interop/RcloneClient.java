// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.B2Emulator;

/** rclone, which copies between a bucket and a local directory. */
final class RcloneClient implements OtherClient {
    private final Witness rclone;
    private final Path directory;

    RcloneClient(B2Emulator b2, Path directory) throws Exception {
        this.directory = directory;
        this.rclone = Witness.rclone(
                directory,
                Map.ofEntries(
                        Map.entry("RCLONE_CONFIG", "/dev/null"),
                        Map.entry("RCLONE_CONFIG_EMU_TYPE", "b2"),
                        Map.entry("RCLONE_CONFIG_EMU_ACCOUNT", b2.applicationKeyId()),
                        Map.entry("RCLONE_CONFIG_EMU_KEY", b2.applicationKey()),
                        Map.entry("RCLONE_CONFIG_EMU_ENDPOINT", b2.url()),
                        // By default it writes a wide backslash for a backslash, and so on.
                        Map.entry("RCLONE_CONFIG_EMU_ENCODING", "None"),
                        Map.entry("RCLONE_CONFIG_EMU_CHUNK_SIZE", "5Mi"),
                        Map.entry("RCLONE_CONFIG_EMU_UPLOAD_CUTOFF", "5Mi"),
                        Map.entry("RCLONE_LOW_LEVEL_RETRIES", "1"),
                        Map.entry("RCLONE_RETRIES", "1")));
    }

    @Override
    public Sample asFarAsItCan(Sample file) {
        return file.withTimeOnly();
    }

    @Override
    public boolean choosesTypes() {
        return true;
    }

    @Override
    public boolean hasCustomerKeys() {
        return false;
    }

    // Its smallest part has 5 MiB.
    @Override
    public int bytesOfALargeFile() {
        return 11_000_000;
    }

    @Override
    public boolean canWrite(String name) {
        return canRead(name);
    }

    /** What a local disk can hold. */
    @Override
    public boolean canRead(String name) {
        return List.of(name.split("/", -1)).stream()
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals("..") || part.length() > 250);
    }

    @Override
    public void write(String bucket, List<Sample> files, @Nullable String customerKey) throws Exception {
        Path tree = Files.createTempDirectory(directory, "rclone");
        for (Sample file : files) {
            Path local = tree.resolve(file.name());
            Files.createDirectories(local.getParent());
            Files.write(local, file.content());
            String modified = file.info().get(Sample.MODIFIED);
            if (modified != null) {
                Files.setLastModifiedTime(local, FileTime.fromMillis(Long.parseLong(modified)));
            }
        }
        rclone.run("copy", tree.toString(), "EMU:" + bucket);
    }

    @Override
    public List<Sample> read(String bucket, @Nullable String customerKey) throws Exception {
        Path tree = Files.createTempDirectory(directory, "rclone");
        rclone.run("copy", "EMU:" + bucket, tree.toString());
        List<Sample> found = new ArrayList<>();
        for (JsonNode file : new ObjectMapper().readTree(rclone.run("lsjson", "-R", "--files-only", "EMU:" + bucket))) {
            String name = file.get("Path").asText();
            Path local = tree.resolve(name);
            found.add(new Sample(
                    name,
                    Files.readAllBytes(local),
                    file.get("MimeType").asText(),
                    Map.of(
                            Sample.MODIFIED,
                            Long.toString(Files.getLastModifiedTime(local).toMillis()))));
        }
        return found;
    }
}
