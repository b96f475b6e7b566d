// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same with many small files, in so many threads: how both Java programs spread their work. */
final class SmallFiles {

    private SmallFiles() {}

    /** What is done with one small file. */
    interface Transfer {
        void of(String name) throws Exception;
    }

    /** Returns when all are done; the first failure is thrown. */
    static void inThreads(int threads, int count, Transfer transfer) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> calls = new ArrayList<>(count);
            for (String name : SmallFileNames.first(count)) {
                calls.add(() -> {
                    transfer.of(name);
                    return null;
                });
            }
            for (Future<Void> call : executor.invokeAll(calls)) {
                call.get();
            }
        } finally {
            executor.shutdown();
        }
    }
}
