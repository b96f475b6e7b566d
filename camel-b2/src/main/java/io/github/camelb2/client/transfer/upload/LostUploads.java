// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.call.Calls;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.LostAnswer;
import io.github.camelb2.client.retry.LostAnswers;
import io.github.camelb2.client.transfer.plan.TransferOptions.LostUpload;
import io.github.camelb2.client.transfer.work.TransferTools;

/**
 * What becomes of small uploads whose answer was lost, and which versions belong to which upload of this client, so that
 * two uploads of one content under one name never take the same version for their own. Thread-safe.
 */
final class LostUploads {
    /** More than a client has under way at a time, and than it stores while a clock shows the same second. */
    private static final int REMEMBERED = 10_000;

    private final TransferTools tools;

    /** Guards both below; notified when a try ends. Never held while B2 is asked. */
    private final Object lock = new Object();

    /** The tries that are being sent and not yet answered, by the bucket and the name that they store. */
    private final Map<String, List<Object>> sending = new HashMap<>();

    /** The versions that uploads of this client were answered last. */
    private final Set<String> claimed = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    LostUploads(TransferTools tools) {
        this.tools = tools;
    }

    /** Whether an upload of which that is wished may simply be sent again. */
    static Repeat repeat(LostUpload wish) {
        return wish == LostUpload.REPEAT ? Repeat.SAFE : Repeat.LOOK_UP_FIRST;
    }

    /** One upload begins. */
    Watched watch(UploadFile file, String bucketId, long length, LostUpload wish) {
        return new Watched(file, bucketId, length, wish);
    }

    /** One upload; for one thread. */
    final class Watched {
        private final UploadFile file;
        private final String bucketId;
        private final long length;
        private final LostUpload wish;
        private final String name;
        private @Nullable String sent;

        Watched(UploadFile file, String bucketId, long length, LostUpload wish) {
            this.file = file;
            this.bucketId = bucketId;
            this.length = length;
            this.wish = wish;
            this.name = bucketId + "/" + file.fileName();
        }

        /** One try begins; what it answers is for {@link #end}. */
        Object begin() {
            sent = null;
            Object current = new Object();
            synchronized (lock) {
                sending.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(current);
            }
            return current;
        }

        /**
         * That try has ended; what it has stored is claimed before anybody can take it for theirs.
         *
         * @param stored null for nothing
         */
        void end(Object current, @Nullable FileVersion stored) {
            synchronized (lock) {
                if (stored != null) {
                    claimed.add(stored.fileId());
                }
                List<Object> others = sending.getOrDefault(name, List.of());
                if (others.remove(current) && others.isEmpty()) {
                    sending.remove(name);
                }
                lock.notifyAll();
            }
        }

        /** All of the content has been sent, with that SHA-1 behind it: from now on it may be stored. */
        void sent(String sha1) {
            sent = sha1;
        }

        /** The version that a try has stored; empty if none is known, so that it is sent again. */
        Optional<FileVersion> lookUp(LostAnswer lost) {
            String sha1 = sent;
            if (sha1 == null) {
                // B2 stores nothing without the digits at the end.
                return Optional.empty();
            }
            if (wish == LostUpload.FAIL) {
                throw lost.failure().explained("stored or not: unknown; lostUpload=fail forbids to look or to repeat");
            }
            if (!tools.login(lost.settings()).allowed().has(Capability.LIST_FILES)) {
                return Optional.empty();
            }
            Calls calls = new Calls() {
                @Override
                public <A> A call(B2Call<A> call) {
                    return tools.call(call, lost.settings());
                }
            };
            Instant end = tools.clock().instant().plus(lost.settings().retryTimeout());
            awaitOthers(end, lost);
            Optional<FileVersion> found = find(sha1, lost, calls);
            // One that began meanwhile may have stored it.
            if (found.isPresent() && !awaitOthers(end, lost)) {
                throw lost.failure()
                        .explained("stored or not: unknown, because another upload of the same name is under way: "
                                + found.get().fileId());
            }
            return found.filter(version -> claim(version.fileId()));
        }

        private Optional<FileVersion> find(String sha1, LostAnswer lost, Calls calls) {
            try {
                return LostAnswers.stored(
                        file,
                        bucketId,
                        sha1,
                        length,
                        tools.session().serviceClock().at(lost.firstTry()),
                        lost.failure(),
                        this::isClaimed,
                        calls);
            } catch (B2Exception e) {
                boolean isSaid = e.call().equals(lost.failure().call());
                throw isSaid
                        ? e
                        : lost.failure()
                                .explained("stored or not: unknown, because asking failed as well: " + e.getMessage());
            }
        }

        /** Waits until the other uploads of the name that are being sent now have ended; false if that takes too long. */
        private boolean awaitOthers(Instant end, LostAnswer lost) {
            synchronized (lock) {
                Set<Object> others = Set.copyOf(sending.getOrDefault(name, List.of()));
                while (sending.getOrDefault(name, List.of()).stream().anyMatch(others::contains)) {
                    long left = Duration.between(tools.clock().instant(), end).toMillis();
                    if (left <= 0) {
                        return false;
                    }
                    try {
                        lock.wait(left);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw lost.failure();
                    }
                }
                return true;
            }
        }

        /** That version is the one of this upload; false if another one was answered it. */
        private boolean claim(String fileId) {
            synchronized (lock) {
                return claimed.add(fileId);
            }
        }

        private boolean isClaimed(String fileId) {
            synchronized (lock) {
                return claimed.contains(fileId);
            }
        }
    }
}
