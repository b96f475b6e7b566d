package io.github.camelb2.client.transfer.upload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.call.Calls;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.FileVersion;
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

    /** The versions that uploads of this client were answered last; guarded by itself. */
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
        private @Nullable String sent;

        Watched(UploadFile file, String bucketId, long length, LostUpload wish) {
            this.file = file;
            this.bucketId = bucketId;
            this.length = length;
            this.wish = wish;
        }

        /** Whether it may simply be sent again. */
        Repeat repeat() {
            return wish == LostUpload.REPEAT ? Repeat.SAFE : Repeat.LOOK_UP_FIRST;
        }

        /** Another try begins: nothing that could be stored has been sent. */
        void begins() {
            sent = null;
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
            return LostAnswers.stored(
                            file,
                            bucketId,
                            sha1,
                            length,
                            tools.session().serviceClock().at(lost.firstTry()),
                            lost.failure(),
                            this::isClaimed,
                            calls)
                    .filter(version -> claim(version.fileId()));
        }

        /** That version is the one of this upload; false if another one was answered it. */
        boolean claim(String fileId) {
            synchronized (claimed) {
                return claimed.add(fileId);
            }
        }

        private boolean isClaimed(String fileId) {
            synchronized (claimed) {
                return claimed.contains(fileId);
            }
        }
    }
}
