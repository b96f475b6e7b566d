// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.resume;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.Calls;
import io.github.camelb2.client.call.LargeFileCalls.CancelLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.call.Progress;
import io.github.camelb2.client.call.VersionsOfName;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.large.Part;
import io.github.camelb2.client.model.large.PartPage;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.ContentDigests;
import io.github.camelb2.client.transfer.local.FirstReading;
import io.github.camelb2.client.transfer.plan.PartPlan;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.work.TransferTools;

/**
 * Finds the large file that an earlier upload of the same content left unfinished, whoever it was: this client, another
 * machine, b2sdk or the {@code b2} tool. Thread-safe.
 *
 * <p>One is adopted when its name and all that was said of it agree ({@link UnfinishedMatch}), every part it has is
 * byte for byte what the source has there, and nobody is at work on it: no upload of this machine has claimed it, and,
 * where no dead upload of this machine has left it, nothing was added to it for a quarter of an hour. It also is newer
 * than everything that its name has: B2 puts a large file where it was started, so that an older one would end up, finished,
 * below the version or the hide marker that came since, and nobody would see it.
 */
public final class UnfinishedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedFiles.class);

    /** A file to which nothing was added for so long is at rest. */
    private static final Duration AT_REST = Duration.ofMinutes(15);

    private static final int MOST_PAGES = 10;
    private static final int PARTS_PER_PAGE = 1000;

    private final TransferTools tools;
    private final UploadClaims claims;
    private final LastLooks lastLooks;

    public UnfinishedFiles(TransferTools tools) {
        this.tools = tools;
        this.claims = new UploadClaims(tools.store().directory(), tools.clock());
        this.lastLooks = new LastLooks(AT_REST, tools.clock());
    }

    public UploadClaims claims() {
        return claims;
    }

    /** Begins an upload of that name; closed when it has ended. */
    public Search search(Upload upload) {
        Search search =
                new Search(upload, claims.find(upload.bucketId(), upload.file().fileName()));
        tools.store().sweepPieces();
        return search;
    }

    /**
     * An unfinished file to go on with.
     *
     * @param plan its layout
     * @param stored the SHA-1s of the parts that need not be sent, by number
     * @param read the SHA-1s of the parts that were read from the source for the decision
     * @param claim this upload's hold on it
     */
    public record Adopted(
            LargeFile file, PartPlan plan, Map<Integer, String> stored, ContentDigests read, UploadClaim claim) {}

    /** What one upload knows of others of its name. */
    public final class Search implements AutoCloseable {
        private final Upload upload;
        private final UploadClaims.Found found;
        private final Set<UploadClaim> used = new HashSet<>();

        Search(Upload upload, UploadClaims.Found found) {
            this.upload = upload;
            this.found = found;
        }

        /**
         * The file to go on with; empty when there is none, or the upload does not want any.
         *
         * @param reading of the source of this upload
         */
        public Optional<Adopted> adopt(FirstReading reading) {
            boolean mayList = tools.login(upload.settings()).allowed().has(Capability.LIST_FILES);
            if (upload.options().resume() == TransferOptions.Resume.NEVER || !mayList) {
                return Optional.empty();
            }
            try {
                List<Candidate> candidates = candidates();
                leaveOutdated(candidates);
                candidates.sort(Comparator.comparingLong(Candidate::storedBytes).reversed());
                return candidates.stream()
                        .flatMap(it -> tryAdopt(it, reading).stream())
                        .findFirst();
            } catch (B2UnauthorizedException e) {
                LOG.debug("This key may not list unfinished large files; starting anew", e);
                return Optional.empty();
            }
        }

        private List<Candidate> candidates() {
            List<Candidate> candidates = new ArrayList<>();
            for (FileVersion file : unfinishedOfName()) {
                if (UnfinishedMatch.fits(upload.file(), upload.source().sha1(), file)
                        && !found.alive().contains(file.fileId())) {
                    Candidate candidate = new Candidate(file, parts(file.fileId(), upload.settings()));
                    if (mayBeAdopted(candidate)) {
                        candidates.add(candidate);
                    }
                }
            }
            return candidates;
        }

        /** Asks B2 only where that could tell more than is known; of the whole bucket, where that is one question as well. */
        private List<FileVersion> unfinishedOfName() {
            String bucketId = upload.bucketId();
            String name = upload.file().fileName();
            Optional<LastLooks.Look> last = lastLooks.at(bucketId);
            if (last.isEmpty()) {
                Instant now = tools.clock().instant();
                String all = tools.login(upload.settings()).allowed().namePrefix();
                FilePage page = tools.call(new ListUnfinishedLargeFiles(bucketId, all, null, null), upload.settings());
                if (lastLooks.remember(bucketId, now, page).isComplete()) {
                    return page.files();
                }
            } else if (found.isEmpty() && last.get().showsNoneOf(name)) {
                return List.of();
            }
            return unfinished(bucketId, name, upload.settings());
        }

        private boolean mayBeAdopted(Candidate candidate) {
            Optional<UploadClaim> own = found.deadClaimOf(candidate.file().fileId());
            if (own.isEmpty()) {
                // One without parts saves nothing, and may be of an upload that is just beginning.
                return !candidate.parts().isEmpty()
                        && candidate.isAtRest(tools.session().serviceClock().instant());
            }
            if (own.get().isDoubted()) {
                LOG.warn(
                        "B2 kept answering failures for large file {}, which an earlier upload of {} left; a new one is"
                                + " started, and the old one is cancelled when that is finished",
                        candidate.file().fileId(),
                        upload.file().subject());
                return false;
            }
            return true;
        }

        /** An upload that says its own time is where it says, whenever it was started. */
        private void leaveOutdated(List<Candidate> candidates) {
            if (candidates.isEmpty() || upload.file().customUploadTimestamp() != null) {
                return;
            }
            long newest = newestVersion();
            candidates.removeIf(candidate -> candidate.file().uploadTimestamp() <= newest);
        }

        /** When the newest version or hide marker of the name was made; long ago when there is none. */
        private long newestVersion() {
            return name().newest(calls()).map(FileVersion::uploadTimestamp).orElse(Long.MIN_VALUE);
        }

        private VersionsOfName name() {
            return new VersionsOfName(upload.bucketId(), upload.file().fileName());
        }

        private Calls calls() {
            return new Calls() {
                @Override
                public <A> A call(B2Call<A> call) {
                    return tools.call(call, upload.settings());
                }
            };
        }

        private Optional<Adopted> tryAdopt(Candidate candidate, FirstReading reading) {
            String id = candidate.file().fileId();
            Optional<PartPlan> plan = candidate.planFor(upload);
            Optional<ContentDigests> read = plan.flatMap(
                    it -> UnfinishedMatch.read(upload.source(), reading, candidate.file(), it, candidate.sha1s()));
            if (plan.isEmpty() || read.isEmpty()) {
                return Optional.empty();
            }
            Optional<UploadClaim> own = found.deadClaimOf(id);
            UploadClaim claim = own.orElseGet(
                    () -> claims.open(upload.bucketId(), upload.file().fileName()));
            claim.startedAs(id);
            if (claims.isShared(upload.bucketId(), upload.file().fileName(), claim)) {
                // Another upload has found it at the same moment; both leave it to the next one.
                claim.abandon();
                return Optional.empty();
            }
            used.add(claim);
            LOG.info(
                    "Resuming large file {}: {} bytes of {} are stored",
                    id,
                    candidate.storedBytes(),
                    upload.file().subject());
            LargeFile.Origin origin = own.isPresent() ? LargeFile.Origin.LEFT_HERE : LargeFile.Origin.FOUND;
            LargeFile file = new LargeFile(tools, claim, id, name(), upload.terms(origin));
            if (origin == LargeFile.Origin.LEFT_HERE) {
                LargeFile.tell(tools, upload.file().fileName(), id, upload.terms(origin));
            }
            return Optional.of(new Adopted(
                    file, plan.get(), candidate.provenParts(upload.file().serverSideEncryption()), read.get(), claim));
        }

        /** B2 refused to go on with it: one that this machine left is given up later, another one is left as it is. */
        public void refused(Adopted adopted) {
            if (found.dead().contains(adopted.claim())) {
                used.remove(adopted.claim());
            } else {
                adopted.claim().release();
            }
        }

        /** A new file was refused as the doubted ones were: it is the service, and the next upload goes on with them. */
        public void trustAgain() {
            found.dead().stream().filter(UploadClaim::isDoubted).forEach(UploadClaim::trust);
        }

        /** The name is stored: what dead uploads of this machine had left under it is worth nothing any more. */
        public void succeeded() {
            for (UploadClaim claim : found.dead()) {
                if (used.add(claim)) {
                    cancel(claim);
                }
            }
        }

        private void cancel(UploadClaim claim) {
            Optional<String> id = claim.fileId();
            try {
                if (id.isPresent()) {
                    if (isInOtherHands(id.get(), upload.settings())) {
                        LOG.info("Large file {} is left alone: another machine seems to have resumed it", id.get());
                        claim.abandon();
                        return;
                    }
                    LargeFile.cancel(tools, id.get(), upload.settings());
                }
                claim.release();
            } catch (B2Exception e) {
                if (LargeFile.isRefusal(e)) {
                    LOG.debug("Large file {} has ended already", id, e);
                    claim.release();
                } else {
                    LOG.warn("Cannot cancel large file {}, which an earlier upload left; cancel it by hand", id, e);
                    claim.abandon();
                }
            }
        }

        /** Leaves the claims that were not used to the next upload. */
        @Override
        public void close() {
            found.dead().stream().filter(claim -> !used.contains(claim)).forEach(UploadClaim::abandon);
        }
    }

    private List<Part> parts(String fileId, CallSettings settings) {
        List<Part> parts = new ArrayList<>();
        Set<Integer> numbers = new HashSet<>();
        @Nullable ListParts call = new ListParts(fileId, null, PARTS_PER_PAGE);
        Progress progress = new Progress(call.name(), call.subject(), call);
        while (call != null) {
            PartPage answer = tools.call(call, settings);
            for (Part part : answer.parts()) {
                if (!numbers.add(part.partNumber())) {
                    throw new B2Exception(ErrorDetails.local(
                                    call.name(), call.subject(), "the answer has part " + part.partNumber() + " twice")
                            .withAdvice("the service, or a proxy in front of it, is at fault"));
                }
                parts.add(part);
            }
            Integer next = answer.nextPartNumber();
            call = next == null ? null : call.withStartPartNumber(next);
            if (call != null) {
                progress.to(call);
            }
        }
        return parts;
    }

    /** Others resume what has rested: whether somebody added parts after such a rest, and may still do. */
    private boolean isInOtherHands(String id, CallSettings settings) {
        long rest = AT_REST.toMillis();
        long[] added = parts(id, settings).stream()
                .mapToLong(Part::uploadTimestamp)
                .sorted()
                .toArray();
        boolean hasRested = IntStream.range(1, added.length).anyMatch(i -> added[i] - added[i - 1] >= rest);
        long now = tools.session().serviceClock().instant().toEpochMilli();
        return hasRested && added[added.length - 1] + rest > now;
    }

    /** Whose an unfinished large file is that nobody wants any more. */
    public enum Leftover {
        /** An upload of this machine that has ended had left it: it is cancelled now. */
        CANCELLED,
        /** An upload of this machine works on it. */
        UNDER_WAY,
        /** It was finished or cancelled before, or was never one of that name. */
        GONE,
        /** Nothing here tells: another machine may be at work on it, or want to go on with it. */
        OF_OTHERS
    }

    /**
     * Cancels an unfinished large file that a dead upload of this machine has left, and no other one.
     *
     * @throws B2Exception if B2 refuses that; the file is found again then
     */
    public Leftover cancelLeft(String bucketId, String fileName, String fileId, CallSettings settings) {
        UploadClaims.Found found = claims.find(bucketId, fileName);
        Optional<UploadClaim> own = found.deadClaimOf(fileId);
        Set<UploadClaim> held = new HashSet<>(found.dead());
        try {
            if (own.isEmpty()) {
                return found.alive().contains(fileId) ? Leftover.UNDER_WAY : Leftover.OF_OTHERS;
            }
            if (isInOtherHands(fileId, settings)) {
                return Leftover.OF_OTHERS;
            }
            cancelOrFindGone(fileId, settings);
            own.get().release();
            held.remove(own.get());
            return Leftover.CANCELLED;
        } finally {
            held.forEach(UploadClaim::abandon);
        }
    }

    /**
     * Cancels an unfinished large file of which the caller knows that whoever began it has died or wants it no more. One
     * that an upload of this machine works on stays, and so does one that somebody else seems to have found and to go on
     * with.
     *
     * @return what has become of it
     * @throws B2Exception if B2 refuses that
     */
    public Leftover cancelUnwanted(String bucketId, String fileName, String fileId, CallSettings settings) {
        try {
            Leftover became = cancelLeft(bucketId, fileName, fileId, settings);
            if (became != Leftover.OF_OTHERS) {
                return became;
            }
            if (!isUnfinished(bucketId, fileName, fileId, settings)) {
                return Leftover.GONE;
            }
            return cancelUnclaimed(bucketId, fileName, fileId, () -> !isInOtherHands(fileId, settings), settings)
                    ? Leftover.CANCELLED
                    : Leftover.OF_OTHERS;
        } catch (B2Exception e) {
            if (CancelLargeFile.isGone(e)) {
                return Leftover.GONE;
            }
            throw e;
        }
    }

    private boolean isUnfinished(String bucketId, String fileName, String fileId, CallSettings settings) {
        return unfinished(bucketId, fileName, settings).stream()
                .anyMatch(
                        file -> file.fileId().equals(fileId) && file.fileName().equals(fileName));
    }

    private List<FileVersion> unfinished(String bucketId, String fileName, CallSettings settings) {
        List<FileVersion> files = new ArrayList<>();
        String start = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            FilePage answer = tools.call(new ListUnfinishedLargeFiles(bucketId, fileName, start, null), settings);
            files.addAll(answer.files());
            start = answer.nextFileId();
            if (start == null) {
                break;
            }
        }
        return files;
    }

    /** Whether an upload of this machine works on that large file, or may go on with it. */
    public boolean isClaimed(String bucketId, String fileName, String fileId) {
        UploadClaims.Found found = claims.find(bucketId, fileName);
        try {
            return found.alive().contains(fileId) || found.deadClaimOf(fileId).isPresent();
        } finally {
            found.dead().forEach(UploadClaim::abandon);
        }
    }

    /**
     * Cancels an unfinished large file that nobody wants any more; no upload of this machine begins to go on with it
     * meanwhile.
     *
     * @param isAbandoned looked at last: whether it is still as if nobody worked on it
     * @return whether this call has cancelled it
     * @throws B2Exception if B2 refuses that
     */
    public boolean cancelUnclaimed(
            String bucketId, String fileName, String fileId, BooleanSupplier isAbandoned, CallSettings settings) {
        if (isClaimed(bucketId, fileName, fileId)) {
            return false;
        }
        // Who finds it from now on sees this claim, and leaves the file alone.
        UploadClaim own = claims.open(bucketId, fileName);
        try {
            own.startedAs(fileId);
            boolean isOurs = own.fileId().isEmpty() || !claims.isShared(bucketId, fileName, own);
            if (!isOurs || !isAbandoned.getAsBoolean()) {
                return false;
            }
            LargeFile.cancel(tools, fileId, settings);
            return true;
        } catch (B2Exception e) {
            if (CancelLargeFile.isGone(e)) {
                return false;
            }
            throw e;
        } finally {
            own.release();
        }
    }

    private void cancelOrFindGone(String fileId, CallSettings settings) {
        try {
            LargeFile.cancel(tools, fileId, settings);
        } catch (B2Exception e) {
            if (!CancelLargeFile.isGone(e)) {
                throw e;
            }
            LOG.debug("Large file {} has ended already", fileId, e);
        }
    }

    /** An unfinished file that may be the one, and its parts. */
    private record Candidate(FileVersion file, List<Part> parts) {
        long storedBytes() {
            return parts.stream().mapToLong(Part::contentLength).sum();
        }

        boolean isAtRest(Instant now) {
            long newest = parts.stream().mapToLong(Part::uploadTimestamp).max().orElse(0);
            Instant active = Instant.ofEpochMilli(Math.max(newest, file.uploadTimestamp()));
            return active.plus(AT_REST).isBefore(now);
        }

        Optional<PartPlan> planFor(Upload upload) {
            long length = upload.source().length().orElse(0);
            PartPlan own = PartPlan.forUpload(
                    length, upload.options().partSize(), upload.options().maxConcurrency(), upload.limits());
            Map<Integer, Long> lengths =
                    parts.stream().collect(Collectors.toMap(Part::partNumber, Part::contentLength));
            // One part alone, the last one for instance, fits several layouts: this upload's own is the likeliest.
            return own.isLarge() && own.has(lengths)
                    ? Optional.of(own)
                    : PartPlan.resuming(length, lengths, upload.limits());
        }

        Map<Integer, String> sha1s() {
            return parts.stream().collect(Collectors.toMap(Part::partNumber, Part::contentSha1));
        }

        /**
         * The parts that need not be sent again. B2 does not say which customer key they are encrypted with: the last
         * one is sent once more, because B2 refuses it with another key than theirs.
         */
        Map<Integer, String> provenParts(@Nullable Encryption encryption) {
            TreeMap<Integer, String> proven = new TreeMap<>(sha1s());
            if (encryption instanceof Encryption.SseC && !proven.isEmpty()) {
                proven.pollLastEntry();
            }
            return proven;
        }
    }
}
