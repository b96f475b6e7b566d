// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;

/**
 * A JVM of its own whose threads use one login as hard as they can. Says {@code ready}, begins at the line {@code go},
 * ends at the next line, and then says how many buckets it saved; any failure ends it with its stack trace and status 1.
 */
public final class LoginHammer {
    private static final int THREADS = 16;

    private final String name;
    private final AccountInfoRepository repository;
    private final AccountInfoRepository others;
    private final B2Client client;
    private final String keyId;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicLong saved = new AtomicLong();

    private LoginHammer(
            String name,
            AccountInfoRepository repository,
            AccountInfoRepository others,
            B2Client client,
            String keyId) {
        this.name = name;
        this.repository = repository;
        this.others = others;
        this.client = client;
        this.keyId = keyId;
    }

    /** Name of this JVM, {@code sqlite:FILE} or a JDBC URL, realm, key id, key. */
    public static void main(String[] args) throws Exception {
        BufferedReader parent = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Clients clients = new Clients();
                PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true)) {
            AccountInfoRepository repository = open(args[1]);
            LoginHammer hammer = new LoginHammer(
                    args[0],
                    repository,
                    open(args[1], "others"),
                    clients.client(repository, args[2], new Credentials(args[3], args[4]), ClientListener.NONE),
                    args[3]);
            answers.println("ready");
            parent.readLine();
            hammer.run(parent);
            answers.println("saved " + hammer.saved.get());
        }
    }

    static AccountInfoRepository open(String store) {
        return open(store, "default");
    }

    /** The login of that name: a file, or rows, of its own. */
    private static AccountInfoRepository open(String store, String login) {
        if (store.startsWith("sqlite:")) {
            String file = store.substring("sqlite:".length());
            return new SqliteAccountInfoRepository(Path.of(login.equals("default") ? file : file + "." + login));
        }
        return new JdbcAccountInfoRepository(Databases.pool(store, THREADS), login);
    }

    private void run(BufferedReader parent) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String prefix = name + "-" + thread + "-";
                all.add(threads.submit(() -> use(prefix)));
            }
            parent.readLine();
            running.set(false);
            for (Future<?> done : all) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void use(String prefix) {
        for (int round = 0; running.get(); round++) {
            client.call(ListBuckets.of().withBucketName("photos"));
            repository.saveBucket(new BucketEntry(prefix + round, "id-" + prefix + round));
            saved.incrementAndGet();
            AccountInfo seen = repository.find().orElseThrow(() -> new IllegalStateException("the login is gone"));
            if (!seen.applicationKeyId().equals(keyId)) {
                throw new IllegalStateException("the login is somebody else's: " + seen);
            }
            replaceAnotherLogin(prefix + round);
            if (round % 4 == 0) {
                replaceOtherBuckets(prefix + round);
            }
        }
    }

    /** Logins change too rarely to be seen half changed; of this one all threads together store a new one all the time. */
    private void replaceAnotherLogin(String token) {
        others.store(Logins.consistent(token));
        AccountInfo seen = others.find().orElseThrow(() -> new IllegalStateException("the other login is gone"));
        AccountInfo whole = Logins.consistent(seen.authorizationToken()).withApplicationKey(seen.applicationKey());
        if (!seen.equals(whole)) {
            throw new IllegalStateException("half a login: " + seen);
        }
    }

    /** All threads together store listings that have no bucket in common; of two at once one counts, and whole. */
    private void replaceOtherBuckets(String listing) {
        others.replaceBuckets(List.of(
                new BucketEntry(listing + "/a", listing + "/1"), new BucketEntry(listing + "/b", listing + "/2")));
        List<String> seen = others.buckets().stream()
                .map(bucket -> bucket.name().substring(0, bucket.name().indexOf('/')))
                .toList();
        if (seen.size() != 2 || !seen.get(0).equals(seen.get(1))) {
            throw new IllegalStateException("a mixture of listings: " + seen);
        }
    }
}
