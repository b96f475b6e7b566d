// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.Calls;
import io.github.camelb2.client.call.FileCalls.GetUploadUrl;
import io.github.camelb2.client.call.LargeFileCalls.GetUploadPartUrl;
import io.github.camelb2.client.call.LargeFileCalls.UploadPart;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.http.AnswerReader;
import io.github.camelb2.client.http.HttpCall;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.json.UnusableAnswerException;
import io.github.camelb2.client.model.large.Part;
import io.github.camelb2.client.model.large.UploadPartUrl;
import io.github.camelb2.client.model.large.UploadUrl;
import io.github.camelb2.client.retry.Attempt;
import io.github.camelb2.client.retry.CallContext;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.LostAnswer;
import io.github.camelb2.client.transfer.local.LocalFailure;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.plan.Slice;
import io.github.camelb2.client.transfer.plan.TransferOptions.LostUpload;
import io.github.camelb2.client.transfer.work.TransferProgress;
import io.github.camelb2.client.transfer.work.TransferTools;

/**
 * Sends small files and parts: each with an upload URL of its own, hashed as it goes by, tried again with another URL.
 * Thread-safe.
 */
public final class ContentSender {
    private final TransferTools tools;
    private final UploadUrlPool urls;
    private final ClosedVaults vaults = new ClosedVaults();
    private final LostUploads lost;

    public ContentSender(TransferTools tools) {
        this.tools = tools;
        this.urls = new UploadUrlPool(tools.clock());
        this.lost = new LostUploads(tools);
    }

    /** Sends a whole file; it is stored only if the source is unchanged and has the SHA-1 that was known of it. */
    public FileVersion sendFile(
            UploadFile file,
            String bucketId,
            UploadSource source,
            long length,
            LostUpload lostUpload,
            TransferProgress progress,
            CallSettings settings) {
        return send(new SendingFile(file, bucketId, source, length, lostUpload, progress, settings));
    }

    /** Sends one part; answers its SHA-1. */
    public String sendPart(
            UploadPart part, UploadSource source, Slice slice, TransferProgress progress, CallSettings settings) {
        return sendPart(part, source, slice, null, progress, settings);
    }

    /**
     * Sends one part; answers its SHA-1.
     *
     * @param known its SHA-1 from an earlier pass over the source, which B2 compares with what it receives; null to have
     *     it computed as it goes by
     */
    String sendPart(
            UploadPart part,
            UploadSource source,
            Slice slice,
            @Nullable String known,
            TransferProgress progress,
            CallSettings settings) {
        return send(new SendingPart(part, source, slice, known, progress, settings))
                .contentSha1();
    }

    /** The large file has ended: its upload URLs are worth nothing. */
    public void forget(String largeFileId) {
        urls.forget(largeFileId);
        vaults.forget(largeFileId);
    }

    /** Whether so many new URLs in a row were refused for its parts that its vault must be closed. */
    boolean isClosed(String largeFileId) {
        return vaults.isClosed(largeFileId);
    }

    /** Notices from now on when the vault of that large file takes no more parts; see {@link #isClosed}. */
    void watch(String largeFileId) {
        vaults.watch(largeFileId);
    }

    private <T> T send(Sending<T> sending) {
        return tools.retrier().run(sending.context, sending.settings, sending);
    }

    /** Something to be sent, with a URL that it asks for itself, try by try. For one thread. */
    private abstract class Sending<T> implements Attempt<T>, AnswerReader<T>, Sha1Trailer.EndCheck, LongConsumer {
        final CallContext context;
        final UploadSource source;
        final CallSettings settings;

        /** The id of the bucket or large file that the URL is for. */
        private final String scope;

        final Slice slice;

        /** Its SHA-1, null where it is computed as it goes by. */
        private final @Nullable String known;

        private final TransferProgress progress;

        /** How much of it this try has sent. */
        private long sent;

        Sending(
                CallContext context,
                String scope,
                UploadSource source,
                Slice slice,
                @Nullable String known,
                TransferProgress progress,
                CallSettings settings) {
            this.context = context;
            this.scope = scope;
            this.source = source;
            this.slice = slice;
            this.known = known;
            this.progress = progress;
            this.settings = settings;
        }

        /** Asks B2 for a URL. */
        abstract UploadTarget target(Calls calls);

        /**
         * What is sent before it, in a map of its own.
         *
         * @param sha1 what is said of its SHA-1
         */
        abstract Map<String, String> headers(String sha1);

        /** The SHA-1 that the answer says is stored. */
        abstract String stored(T answer);

        @Override
        public T run(Try current) {
            try (UploadLease lease = lease(current)) {
                T answer = posted(lease.target(), current);
                lease.succeeded();
                vaults.took(scope);
                return answer;
            }
        }

        private UploadLease lease(Try current) {
            UploadUrlPool.Login login = UploadUrlPool.Login.of(tools.login(current.settings()));
            Supplier<UploadTarget> fetch = () -> target(calls(current));
            return current.isFirst() ? urls.lease(scope, login, fetch) : urls.leaseFresh(scope, login, fetch);
        }

        private Calls calls(Try current) {
            return new Calls() {
                @Override
                public <A> A call(B2Call<A> call) {
                    // Where a vault is closed, URLs may be refused already; each refusal counts.
                    return tools.session().call(call, current.settings(), failure -> {
                        vaults.refused(scope, slice.number(), failure);
                        return vaults.isClosed(scope);
                    });
                }
            };
        }

        private T posted(UploadTarget target, Try current) {
            try {
                return post(target, current);
            } catch (B2ThrottledException e) {
                vaults.refused(scope, slice.number(), e);
                throw e;
            }
        }

        private T post(UploadTarget target, Try current) {
            Map<String, String> headers = headers(known == null ? Sha1Trailer.ANNOUNCEMENT : known);
            headers.put("Authorization", target.token());
            HttpCall call = new HttpCall(context, target.url(), headers, current);
            sent = 0;
            boolean isStored = false;
            try {
                InputStream content = source.open(slice.offset(), slice.length());
                try {
                    Sha1Trailer body = body(content, current);
                    T answer = tools.transport()
                            .upload(call, body, slice.length() + (known == null ? Sha1Trailer.LENGTH : 0), this);
                    check(answer, body.sha1());
                    isStored = true;
                    return answer;
                } finally {
                    // A source that cannot be closed takes nothing back of what B2 has stored.
                    LocalFailure.closeQuietly(content, source);
                }
            } catch (IOException e) {
                throw LocalFailure.reading(source, e);
            } finally {
                if (!isStored) {
                    progress.add(-sent);
                }
            }
        }

        /**
         * A SHA-1 that is known B2 compares on the first try. Where it refuses, the next try compares it here as well,
         * which tells content that has changed from damage on the way.
         */
        private Sha1Trailer body(InputStream content, Try current) {
            if (known == null) {
                return Sha1Trailer.following(content, slice.length(), this, this);
            }
            boolean mayTryAgain = !current.settings().retryTimeout().isZero();
            return current.isFirst() && mayTryAgain
                    ? Sha1Trailer.announced(content, slice.length(), known, this, this)
                    : Sha1Trailer.compared(content, slice.length(), known, this, this);
        }

        /** So many bytes went by. */
        @Override
        public void accept(long count) {
            sent += count;
            progress.add(count);
        }

        /** B2 has compared what it received with the digits at the end; this compares what it says it has stored. */
        private void check(T answer, String sha1) {
            String stored = stored(answer);
            if (!stored.equals(sha1)) {
                throw new B2ChecksumException(ErrorDetails.local(
                        context.call(),
                        context.subject(),
                        "B2 answers that it stored SHA-1 " + stored + "; " + sha1 + " was sent"));
            }
        }
    }

    private final class SendingFile extends Sending<FileVersion> {
        private final UploadFile file;
        private final String bucketId;
        private final LostUploads.Watched watched;

        SendingFile(
                UploadFile file,
                String bucketId,
                UploadSource source,
                long length,
                LostUpload lostUpload,
                TransferProgress progress,
                CallSettings settings) {
            super(
                    CallContext.uploadFile(file.subject(), LostUploads.repeat(lostUpload)),
                    bucketId,
                    source,
                    new Slice(1, 0, length),
                    null,
                    progress,
                    settings);
            this.file = file;
            this.bucketId = bucketId;
            this.watched = lost.watch(file, bucketId, length, lostUpload);
        }

        @Override
        public FileVersion run(Try current) {
            Object token = watched.begin();
            FileVersion stored = null;
            try {
                stored = super.run(current);
                return stored;
            } finally {
                watched.end(token, stored);
            }
        }

        @Override
        UploadTarget target(Calls calls) {
            UploadUrl url = calls.call(GetUploadUrl.of(bucketId));
            return new UploadTarget(url.uploadUrl(), url.authorizationToken());
        }

        @Override
        Map<String, String> headers(String sha1) {
            return file.headers(sha1);
        }

        @Override
        public void check(String sha1) throws IOException {
            source.checkUnchanged();
            Optional<String> given = source.sha1();
            if (given.isPresent() && !given.get().equals(sha1)) {
                throw new IOException(
                        source.describe() + " has SHA-1 " + sha1 + " instead of " + given.get() + ", which was given");
            }
            watched.sent(sha1);
        }

        @Override
        public FileVersion read(InputStream body) throws IOException {
            FileVersion answer = FileVersion.read(body);
            if (!file.isAnsweredBy(answer, bucketId, slice.length())) {
                throw UnusableAnswerException.aboutSomethingElse();
            }
            return answer;
        }

        @Override
        String stored(FileVersion answer) {
            return answer.contentSha1();
        }

        @Override
        public Optional<FileVersion> lookUp(LostAnswer answer) {
            return watched.lookUp(answer);
        }
    }

    private final class SendingPart extends Sending<Part> {
        private final UploadPart part;
        private final @Nullable String known;

        SendingPart(
                UploadPart part,
                UploadSource source,
                Slice slice,
                @Nullable String known,
                TransferProgress progress,
                CallSettings settings) {
            super(CallContext.uploadPart(part.subject()), part.fileId(), source, slice, known, progress, settings);
            this.part = part;
            this.known = known;
        }

        @Override
        UploadTarget target(Calls calls) {
            UploadPartUrl url = calls.call(GetUploadPartUrl.of(part.fileId()));
            return new UploadTarget(url.uploadUrl(), url.authorizationToken());
        }

        @Override
        Map<String, String> headers(String sha1) {
            return part.headers(sha1);
        }

        @Override
        public void check(String sha1) throws IOException {
            source.checkUnchanged();
            if (known != null && !known.equals(sha1)) {
                throw new IOException(source.describe() + " changed while it was read: part " + part.partNumber()
                        + " has SHA-1 " + sha1 + ", and had " + known + " before the upload began");
            }
        }

        @Override
        public Part read(InputStream body) throws IOException {
            Part answer = Part.read(body);
            if (!part.isAnsweredBy(answer, slice.length())) {
                throw UnusableAnswerException.aboutSomethingElse();
            }
            return answer;
        }

        @Override
        String stored(Part answer) {
            return answer.contentSha1();
        }

        @Override
        public boolean isHopeless(B2Exception failure) {
            return vaults.isClosed(part.fileId());
        }
    }
}
