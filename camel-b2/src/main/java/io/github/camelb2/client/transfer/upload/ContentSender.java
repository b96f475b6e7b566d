// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfo;
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
import io.github.camelb2.client.model.json.Json;
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
        Sha1Trailer.EndCheck atEnd = sha1 -> {
            source.checkUnchanged();
            Optional<String> known = source.sha1();
            if (known.isPresent() && !known.get().equals(sha1)) {
                throw new IOException(
                        source.describe() + " has SHA-1 " + sha1 + " instead of " + known.get() + ", which was given");
            }
        };
        LostUploads.Watched watched = lost.watch(file, bucketId, length, lostUpload);
        Sending<FileVersion> sending = new Sending<>(
                CallContext.uploadFile(file.subject(), watched.repeat()),
                bucketId,
                calls -> {
                    UploadUrl url = calls.call(GetUploadUrl.of(bucketId));
                    return new UploadTarget(url.uploadUrl(), url.authorizationToken());
                },
                file.headers(Sha1Trailer.ANNOUNCEMENT),
                source,
                new Slice(1, 0, length),
                null,
                sha1 -> {
                    atEnd.check(sha1);
                    watched.sent(sha1);
                },
                FileVersion::read,
                FileVersion::contentSha1,
                progress,
                settings);
        return tools.retrier().run(sending.context(), settings, new Attempt<FileVersion>() {
            @Override
            public FileVersion run(Try current) {
                return watched.send(() -> attempt(sending, current));
            }

            @Override
            public Optional<FileVersion> lookUp(LostAnswer answer) {
                return watched.lookUp(answer);
            }
        });
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
        return send(new Sending<>(
                        CallContext.uploadPart(part.subject()),
                        part.fileId(),
                        calls -> {
                            UploadPartUrl url = calls.call(GetUploadPartUrl.of(part.fileId()));
                            return new UploadTarget(url.uploadUrl(), url.authorizationToken());
                        },
                        part.headers(known == null ? Sha1Trailer.ANNOUNCEMENT : known),
                        source,
                        slice,
                        known,
                        sha1 -> {
                            source.checkUnchanged();
                            if (known != null && !known.equals(sha1)) {
                                throw new IOException(source.describe() + " changed while it was read: part "
                                        + part.partNumber() + " has SHA-1 " + sha1 + ", and had " + known
                                        + " before the upload began");
                            }
                        },
                        json -> Json.read(json, Part.class),
                        Part::contentSha1,
                        progress,
                        settings))
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
        return tools.retrier().run(sending.context(), sending.settings(), new Attempt<T>() {
            @Override
            public T run(Try current) {
                return attempt(sending, current);
            }

            @Override
            public boolean isHopeless(B2Exception failure) {
                return vaults.isClosed(sending.scope());
            }
        });
    }

    private <T> T attempt(Sending<T> sending, Attempt.Try current) {
        AccountInfo login = tools.login(current.settings());
        Calls calls = new Calls() {
            @Override
            public <A> A call(B2Call<A> call) {
                // Where a vault is closed, URLs may be refused already; each refusal counts.
                return tools.session().call(call, current.settings(), failure -> {
                    vaults.refused(sending.scope(), sending.slice().number(), failure);
                    return vaults.isClosed(sending.scope());
                });
            }
        };
        try (UploadLease lease = current.isFirst()
                ? urls.lease(sending.scope(), UploadUrlPool.Login.of(login), () -> sending.target()
                        .apply(calls))
                : urls.leaseFresh(sending.scope(), UploadUrlPool.Login.of(login), () -> sending.target()
                        .apply(calls))) {
            T answer = posted(sending, lease.target(), current);
            lease.succeeded();
            vaults.took(sending.scope());
            return answer;
        }
    }

    private <T> T posted(Sending<T> sending, UploadTarget target, Attempt.Try current) {
        try {
            return post(sending, target, current);
        } catch (B2ThrottledException e) {
            vaults.refused(sending.scope(), sending.slice().number(), e);
            throw e;
        }
    }

    private <T> T post(Sending<T> sending, UploadTarget target, Attempt.Try current) {
        Map<String, String> headers = new LinkedHashMap<>(sending.headers());
        headers.put("Authorization", target.token());
        HttpCall call = new HttpCall(sending.context(), target.url(), headers, current);
        long[] sent = new long[1];
        boolean stored = false;
        try {
            InputStream content = sending.source()
                    .open(sending.slice().offset(), sending.slice().length());
            // A source that cannot be closed takes nothing back of what B2 has stored.
            try (Closeable closing = () -> LocalFailure.closeQuietly(content, sending.source())) {
                Sha1Trailer body = body(sending, content, current, count -> {
                    sent[0] += count;
                    sending.progress().add(count);
                });
                T answer = tools.transport()
                        .upload(
                                call,
                                body,
                                sending.slice().length() + (sending.known() == null ? Sha1Trailer.LENGTH : 0),
                                sending.reader());
                check(sending, answer, body.sha1());
                stored = true;
                return answer;
            }
        } catch (IOException e) {
            throw LocalFailure.reading(sending.source(), e);
        } finally {
            if (!stored) {
                sending.progress().add(-sent[0]);
            }
        }
    }

    /**
     * A SHA-1 that is known B2 compares on the first try. Where it refuses, the next try compares it here as well, which
     * tells content that has changed from damage on the way.
     */
    private static Sha1Trailer body(
            Sending<?> sending, InputStream content, Attempt.Try current, LongConsumer progress) {
        long length = sending.slice().length();
        String known = sending.known();
        if (known == null) {
            return Sha1Trailer.following(content, length, sending.atEnd(), progress);
        }
        boolean mayTryAgain = !current.settings().retryTimeout().isZero();
        return current.isFirst() && mayTryAgain
                ? Sha1Trailer.announced(content, length, known, sending.atEnd(), progress)
                : Sha1Trailer.compared(content, length, known, sending.atEnd(), progress);
    }

    /** B2 has compared what it received with the digits at the end; this compares what it says it has stored. */
    private static <T> void check(Sending<T> sending, T answer, String sent) {
        String stored = sending.sha1().apply(answer);
        if (!stored.equals(sent)) {
            throw new B2ChecksumException(ErrorDetails.local(
                    sending.context().call(),
                    sending.context().subject(),
                    "B2 answers that it stored SHA-1 " + stored + "; " + sent + " was sent"));
        }
    }

    /**
     * Something to be sent.
     *
     * @param scope the id of the bucket or large file that the URL is for
     * @param known its SHA-1, null where it is computed as it goes by
     * @param target asks B2 for a URL
     * @param reader reads the answer
     * @param sha1 finds the SHA-1 in the answer
     */
    private record Sending<T>(
            CallContext context,
            String scope,
            Function<Calls, UploadTarget> target,
            Map<String, String> headers,
            UploadSource source,
            Slice slice,
            @Nullable String known,
            Sha1Trailer.EndCheck atEnd,
            AnswerReader<T> reader,
            Function<T, String> sha1,
            TransferProgress progress,
            CallSettings settings) {}
}
