// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.account;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.NewFile;
import io.github.camelb2.emulator.state.file.Protection;
import io.github.camelb2.emulator.state.key.ApplicationKey;
import io.github.camelb2.emulator.state.large.Part;
import io.github.camelb2.emulator.store.Content;

/** Changes an account at random, in every way in which it can be changed. */
final class RandomHistory {

    private static final String SHA1 = "0123456789abcdef0123456789abcdef01234567";
    private static final String MD5 = "0123456789abcdef0123456789abcdef";
    private static final List<String> NAMES = List.of("a", "a/b", "é", "ﬀ", "😀/x", "long ".repeat(40));

    private final Account account;
    private final Random random;

    RandomHistory(Account account, Random random) {
        this.account = account;
        this.random = random;
    }

    /** One change, or none if what was drawn is not possible now. */
    void step() {
        List<Bucket> buckets = account.buckets().list();
        if (buckets.isEmpty() || random.nextInt(12) == 0) {
            createBucket();
            return;
        }
        Bucket bucket = buckets.get(random.nextInt(buckets.size()));
        List<FileVersion> versions = account.files().all(bucket.id());
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> upload(bucket, random.nextInt(3) == 0 ? "" : "content " + random.nextInt());
            case 3 -> start(bucket);
            case 4 -> hide(bucket);
            case 5, 6 -> pick(versions, FileVersion.Action.UPLOAD).ifPresent(file -> copy(bucket, file));
            case 7 -> pick(versions, null).ifPresent(this::delete);
            case 8 -> pick(versions, FileVersion.Action.UPLOAD).ifPresent(this::hold);
            case 9, 10 -> pick(versions, FileVersion.Action.START).ifPresent(this::part);
            case 11 -> pick(versions, FileVersion.Action.START).ifPresent(this::finishOrCancel);
            default -> keysAndBuckets(bucket, versions);
        }
    }

    private java.util.Optional<FileVersion> pick(List<FileVersion> versions, FileVersion.Action action) {
        List<FileVersion> fit = versions.stream()
                .filter(file -> action == null || file.action() == action)
                .toList();
        return fit.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(fit.get(random.nextInt(fit.size())));
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private Content bytes(String text) {
        try {
            return account.store().put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NewFile file(Bucket bucket, Content content) {
        Map<String, String> info = new TreeMap<>();
        IntStream.range(0, random.nextInt(3)).forEach(i -> info.put("k" + i, "wert ü \"" + random.nextInt()));
        Encryption encryption = random.nextBoolean() ? Encryption.NONE : Encryption.SSE_B2;
        FileVersion.Stored stored = new FileVersion.Stored(content, SHA1, MD5, encryption);
        return new NewFile(bucket, name(), "text/plain", info, stored, Protection.NONE, null);
    }

    private void createBucket() {
        account.buckets()
                .create(
                        "bucket-" + account.now() + "-" + random.nextInt(1_000_000),
                        Bucket.defaultSettings("allPrivate", Encryption.NONE));
    }

    private void upload(Bucket bucket, String text) {
        account.files().add(file(bucket, bytes(text)), "Upload");
    }

    private void start(Bucket bucket) {
        account.largeFiles().start(file(bucket, Content.EMPTY));
    }

    private void hide(Bucket bucket) {
        String name = name();
        FileVersion newest = account.files().find(bucket.id(), name);
        if (newest != null && newest.action() == FileVersion.Action.UPLOAD) {
            account.files().hide(bucket.id(), name, "Hide");
        }
    }

    private void copy(Bucket bucket, FileVersion source) {
        try {
            long from = source.length() / 3;
            Content kept = account.store().keep(source.content().slice(from, source.length() - from));
            account.files().add(file(bucket, kept), "Copy");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(FileVersion file) {
        if (!"on".equals(file.protection().legalHold())) {
            account.files().delete(file.name(), file.id(), Protection.Bypass.NONE, "Delete");
            account.largeFiles().forget(file);
        }
    }

    private void hold(FileVersion file) {
        String hold = "on".equals(file.protection().legalHold()) ? "off" : "on";
        account.files().protect(file.name(), file.id(), protection -> protection.withLegalHold(hold));
    }

    private void part(FileVersion file) {
        account.largeFiles().putPart(file.id(), 1 + random.nextInt(2), bytes("part " + random.nextInt()), SHA1, MD5);
    }

    private void finishOrCancel(FileVersion file) {
        List<Part> parts = account.largeFiles().parts(file.id());
        if (parts.size() == 2) {
            account.largeFiles()
                    .finish(file.id(), parts.stream().map(Part::sha1).toList());
        } else {
            account.largeFiles().cancel(file.id());
        }
    }

    private void keysAndBuckets(Bucket bucket, List<FileVersion> versions) {
        List<ApplicationKey> keys = new ArrayList<>(account.keys().list());
        if (versions.isEmpty()) {
            account.buckets().delete(bucket.id());
        } else if (random.nextBoolean()) {
            account.buckets().update(bucket.id(), null, (old, settings) -> settings.putObject("bucketInfo")
                    .put("n", random.nextInt()));
        } else if (keys.size() > 3) {
            account.keys().delete(keys.get(1).id());
        } else {
            account.keys().create("key", List.of("listFiles"), null, null, null, 4);
        }
    }
}
