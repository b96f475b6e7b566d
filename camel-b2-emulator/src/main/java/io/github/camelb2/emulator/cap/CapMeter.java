// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.cap;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.large.Part;

/**
 * Counts what an account uses and refuses what is beyond its caps. Safe for use by many threads.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-data-caps-and-alerts">Data caps and alerts</a>
 */
public final class CapMeter {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final Set<String> DOWNLOADS = Set.of("b2_download_file_by_id", "b2_download_file_by_name");
    private static final Set<String> CLASS_A = Set.of(
            "b2_cancel_large_file",
            "b2_delete_bucket",
            "b2_delete_file_version",
            "b2_delete_key",
            "b2_finish_large_file",
            "b2_get_upload_part_url",
            "b2_get_upload_url",
            "b2_hide_file",
            "b2_start_large_file",
            "b2_update_file_legal_hold",
            "b2_update_file_retention",
            "b2_upload_file",
            "b2_upload_part");

    /** B2 bills a listing as if it had been asked for by the thousand. */
    private static final long LISTED_AT_ONCE = 1_000;

    private final Account account;
    private final Caps atFirst;
    private final LongAdder usedA = new LongAdder();
    private final LongAdder usedB = new LongAdder();
    private final LongAdder usedC = new LongAdder();
    private final LongAdder usedBytes = new LongAdder();
    /** Guarded by {@code this}, like everything below. */
    private Caps caps;

    private long day = -1;
    private long classB;
    private long classC;
    private long downloaded;
    private long minute = -1;
    private final Map<String, Long> callsThisMinute = new HashMap<>();

    public CapMeter(Account account, Caps caps) {
        this.account = account;
        this.atFirst = caps;
        this.caps = caps;
    }

    /** The caps of the beginning, with nothing used. */
    public void reset() {
        set(atFirst);
    }

    /** Other caps from now on; what was used so far on this day is forgotten. */
    public synchronized void set(Caps changed) {
        caps = changed;
        day = -1;
        minute = -1;
    }

    /** Counts a call, or refuses it as B2 does; {@code bytes} is what it would add to what is stored. */
    public void check(String call, long bytes) {
        requireRoom(call, bytes);
        usedOf(call).increment();
    }

    private synchronized void requireRoom(String call, long bytes) {
        if (caps.equals(Caps.UNLIMITED)) {
            return;
        }
        startNewTimes();
        requireRate(call);
        requireTransactions(call);
        if (DOWNLOADS.contains(call) && downloaded >= caps.downloads()) {
            throw downloadCap();
        }
        if (caps.storage() < Long.MAX_VALUE) {
            requireStorage(call, bytes);
        }
    }

    private LongAdder usedOf(String call) {
        if (CLASS_A.contains(call)) {
            return usedA;
        }
        return isB(call) ? usedB : usedC;
    }

    private static boolean isB(String call) {
        return DOWNLOADS.contains(call) || call.equals("b2_get_file_info");
    }

    /** Counts the bytes of a download. */
    public void downloaded(long bytes) {
        usedBytes.add(bytes);
        synchronized (this) {
            downloaded += bytes;
        }
    }

    /** A listing that was counted has answered so many entries. */
    public void listed(long entries) {
        long more = Math.max(0, (entries - 1) / LISTED_AT_ONCE);
        if (more > 0) {
            usedC.add(more);
            synchronized (this) {
                classC += more;
            }
        }
    }

    /** What was used since the start, or since {@link #forget}. */
    public Usage used() {
        return new Usage(usedA.sum(), usedB.sum(), usedC.sum(), usedBytes.sum());
    }

    /** Begins to count anew; caps go on. */
    public void forget() {
        usedA.reset();
        usedB.reset();
        usedC.reset();
        usedBytes.reset();
    }

    private void startNewTimes() {
        long now = account.now();
        if (day != now / DAY) {
            day = now / DAY;
            classB = 0;
            classC = 0;
            downloaded = 0;
        }
        if (minute != now / MINUTE) {
            minute = now / MINUTE;
            callsThisMinute.clear();
        }
    }

    private void requireRate(String call) {
        if (callsThisMinute.merge(call, 1L, Long::sum) <= caps.calls()) {
            return;
        }
        long left = (MINUTE - account.now() % MINUTE + 999) / 1_000;
        String kind = call.replaceFirst("b2_", "").toUpperCase(Locale.ROOT);
        throw new B2Error(
                429,
                "too_many_requests",
                caps.calls() + " calls per PT1M allowed for: API_" + kind + "_CALLED",
                caps.retryAfter() == Caps.RetryAfter.GIVEN ? Long.toString(left) : null);
    }

    private void requireTransactions(String call) {
        boolean isB = isB(call);
        if (CLASS_A.contains(call)) {
            return;
        }
        if ((isB ? classB : classC) >= caps.transactions()) {
            throw DOWNLOADS.contains(call)
                    ? downloadCap()
                    : new B2Error(
                            403,
                            "transaction_cap_exceeded",
                            "Transaction cap exceeded, see the Caps & Alerts page to increase your cap");
        }
        if (isB) {
            classB++;
        } else {
            classC++;
        }
    }

    private static B2Error downloadCap() {
        return new B2Error(
                403,
                "download_cap_exceeded",
                "Cannot download file, download bandwidth or transaction (Class B) cap exceeded."
                        + " See the Caps & Alerts page to increase your cap.");
    }

    private void requireStorage(String call, long bytes) {
        String text = "Cannot upload files, storage cap exceeded. See the Caps & Alerts page to increase your cap.";
        switch (call) {
            case "b2_upload_file", "b2_upload_part", "b2_copy_file", "b2_copy_part" -> {
                if (stored() + Math.max(1, bytes) > caps.storage()) {
                    throw new B2Error(403, "cap_exceeded", text);
                }
            }
            case "b2_get_upload_url", "b2_get_upload_part_url" -> {
                if (stored() >= caps.storage()) {
                    throw new B2Error(403, "storage_cap_exceeded", text);
                }
            }
            default -> {
                // Nothing else takes room.
            }
        }
    }

    /** Copies count like uploads; parts count before their file is finished. */
    private long stored() {
        AtomicLong bytes = new AtomicLong();
        account.files().forEachContent(content -> bytes.addAndGet(content.length()));
        account.files().unfinished().forEach(file -> bytes.addAndGet(partsOf(file)));
        return bytes.get();
    }

    private long partsOf(FileVersion file) {
        try {
            return account.largeFiles().parts(file.id()).stream()
                    .map(Part::content)
                    .mapToLong(content -> content.length())
                    .sum();
        } catch (B2Error finishedMeanwhile) {
            return 0;
        }
    }
}
