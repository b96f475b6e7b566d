// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.BandwidthOption;
import io.github.camelb2.ByteSize;
import io.github.camelb2.Moment;
import io.github.camelb2.client.cost.CostModel;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.transfer.plan.WorkerCount;
import io.github.camelb2.sync.B2SyncConfiguration;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.StoredAs;
import io.github.camelb2.sync.check.Certificate;
import io.github.camelb2.sync.check.CheckSettings;
import io.github.camelb2.sync.check.Sample;
import io.github.camelb2.sync.check.Verify;
import io.github.camelb2.sync.plan.policy.CompareMode;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.MaxDelete;
import io.github.camelb2.sync.plan.policy.NewerFileMode;
import io.github.camelb2.sync.plan.policy.Removals;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.plan.policy.TrackRenames;
import io.github.camelb2.sync.plan.policy.TransferOrder;
import io.github.camelb2.sync.plan.policy.Unicode;
import io.github.camelb2.sync.plan.policy.UploadMode;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.TransferRules;
import io.github.camelb2.sync.run.limit.RunLimits;
import io.github.camelb2.sync.run.limit.TimeLimits;
import io.github.camelb2.sync.scan.PythonRegex;
import io.github.camelb2.sync.scan.ScanFilters;
import io.github.camelb2.sync.scan.disk.Links;
import io.github.camelb2.sync.scrub.ScrubSettings;
import io.github.camelb2.sync.wire.OwnFile;
import io.github.camelb2.sync.wire.PlanSigner;

/**
 * Turns what a user wrote into a job, and refuses what cannot work: each message names the option, its value and what to
 * write. Secrets are named, not shown.
 */
public final class SyncOptions {
    /** What a message to an endpoint does. */
    public enum Mode {
        RUN,
        PLAN,
        EXECUTE,
        ESTIMATE,
        EXPLAIN,
        CHECK,
        SCRUB,
        APPLY,
        WORK
    }

    private static final int MAX_WORKERS = 1_000;
    private static final String AUTO = "auto";
    private static final Pattern THRESHOLD = Pattern.compile("(\\d{1,15})(ms|s|m|h)?");
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    private final B2SyncConfiguration options;
    private final RegexOptions regexes;
    private final CostModel prices;
    private final ChosenFiles chosen;
    private final InstantSource clock = InstantSource.system();

    public SyncOptions(B2SyncConfiguration options, RegexOptions regexes, CostModel prices) {
        this.options = options;
        this.regexes = regexes;
        this.prices = prices;
        this.chosen = new ChosenFiles(options);
    }

    /** @throws IllegalArgumentException if an option cannot work */
    public void check() {
        if (options.getName().isBlank() || options.getName().contains("/")) {
            throw wrong("name", options.getName(), "write b2-sync:name, one word that names this sync");
        }
        mode();
        failsWhenIncomplete();
        Long age = options.getHealthMaxAge();
        if (age != null && age < 1) {
            throw wrong("healthMaxAge", age, "write a time, as 26h, or leave it out");
        }
        if (options.isRepair() && mode() != Mode.SCRUB) {
            throw wrong("repair", true, "it has a meaning only with mode=scrub; take it away");
        }
        if (options.getPath() != null && mode() != Mode.EXPLAIN) {
            throw wrong(
                    "path",
                    options.getPath(),
                    "it has a meaning only with mode=explain, and the whole source would be synced; for a few files"
                            + " write filesFrom");
        }
        sourceEncryption();
        destinationEncryption();
        source().check();
        destination().check();
        if (options.getPlanKey() != null) {
            PlanSigner.of(options.getPlanKey());
        }
        StoredByOptions.check(options);
        distributed().check();
        SyncJob job = job(null, null, null);
        asOf().ifPresent(moment -> checkAsOf(moment, job));
        checkSettings(job);
        checkPlanFile();
        scrubSettings(job);
    }

    private boolean isOverMachines() {
        return mode() == Mode.WORK || distributed().isCoordinator();
    }

    /** What concerns other machines. */
    public DistributedOptions distributed() {
        return new DistributedOptions(options, this);
    }

    public Mode mode() {
        return choose(
                "mode",
                options.getMode(),
                Map.of(
                        "run", Mode.RUN,
                        "plan", Mode.PLAN,
                        "execute", Mode.EXECUTE,
                        "estimate", Mode.ESTIMATE,
                        "explain", Mode.EXPLAIN,
                        "check", Mode.CHECK,
                        "scrub", Mode.SCRUB,
                        "apply", Mode.APPLY,
                        "work", Mode.WORK));
    }

    /** When the source is looked at; empty for now. */
    public Optional<Moment> asOf() {
        return Optional.ofNullable(options.getAsOf()).map(text -> Moment.ofOption("asOf", text));
    }

    /** @throws IllegalArgumentException if a place of that kind was not as it was then */
    public void checkAsOf(Moment moment, SyncJob job) {
        boolean isRead = !(job.destination() instanceof Location.Bucket)
                || job.destination().equals(job.source());
        if (mode() == Mode.SCRUB && isRead) {
            throw ScrubOptions.ofPast();
        }
        if (!(job.source() instanceof Location.Bucket)) {
            throw wrong("asOf", moment, "a directory keeps no older versions; write source=b2://bucket/prefix");
        }
        boolean isCarriedOutLater =
                mode() == Mode.EXECUTE || mode() == Mode.APPLY || planFile().isPresent() || isOverMachines();
        if (isCarriedOutLater && moment.isBeforeNow()) {
            throw wrong(
                    "asOf",
                    moment,
                    (isOverMachines() ? "over several machines" : "with mode=" + options.getMode())
                            + " it would be another time for who plans and who carries out; write"
                            + " a time as 2026-01-31T08:00:00Z, the same for both");
        }
    }

    /** Whether a consumer's route fails when a run is incomplete. */
    public boolean failsWhenIncomplete() {
        return choose("incompleteRun", options.getIncompleteRun(), Map.of("fail", true, "report", false));
    }

    public SideAccount source() {
        return SideAccount.ofSource(options);
    }

    public SideAccount destination() {
        return SideAccount.ofDestination(options);
    }

    /** What is stored with files besides their content. */
    public StoredAs storedAs(CamelContext context, InstantSource clock) {
        StoredAs byOptions = new StoredByOptions(context, options, clock);
        StoredAs byBean = options.getStoredAs();
        return byBean == null ? byOptions : byOptions.and(byBean);
    }

    public Encryption sourceEncryption() {
        return encryption("source", options.getSourceEncryption(), options.getSourceCustomerKey());
    }

    public Encryption destinationEncryption() {
        return encryption("destination", options.getDestinationEncryption(), options.getDestinationCustomerKey());
    }

    /**
     * The job of one run.
     *
     * @param source      instead of the option; null for the option
     * @param destination instead of the option; null for the option
     * @param dryRun      instead of the option; null for the option
     */
    public SyncJob job(@Nullable String source, @Nullable String destination, @Nullable Boolean dryRun) {
        return job(source, destination, dryRun, clock.millis());
    }

    /** The same, of a run whose ages are counted to that time, in milliseconds since 1970. */
    public SyncJob job(
            @Nullable String source, @Nullable String destination, @Nullable Boolean dryRun, long nowMillis) {
        String fromText = source == null ? options.getSource() : source;
        String toText = destination == null ? options.getDestination() : destination;
        boolean isOneSide = mode() == Mode.SCRUB && !options.isRepair() && (fromText == null || toText == null);
        Location from = location("source", isOneSide && fromText == null ? toText : fromText);
        Location to = location("destination", isOneSide && toText == null ? fromText : toText);
        if (isOneSide && to instanceof Location.Directory) {
            throw wrong(
                    fromText == null ? "destination" : "source",
                    to.text(),
                    "mode=scrub reads what a bucket holds, and it is a directory; write b2://bucket/prefix");
        }
        if (!isOneSide
                && from instanceof Location.Bucket one
                && to instanceof Location.Bucket other
                && one.overlaps(other)
                // With accounts of their own, only the login tells whose they are.
                && !source().isOwn()
                && !destination().isOwn()
                && options.getSourceComponent().equals(options.getDestinationComponent())) {
            throw one.overlapWith(other);
        }
        Optional<Path> reportFile = ownFile(options.getReportFile(), ".report.jsonl");
        Optional<Path> stateFile = ownFile(options.getStateFile(), ".state.jsonl");
        refuseSame();
        for (Location side : List.of(from, to)) {
            reportFile.ifPresent(file -> refuseBelow(side, "reportFile", file));
            stateFile.ifPresent(file -> refuseBelow(side, "stateFile", file));
            // A header may name the side.
            planFile().ifPresent(file -> refuseBelow(side, "planFile", file));
        }
        WorkerCount workers = AUTO.equals(options.getWorkers())
                ? WorkerCount.AUTO
                : WorkerCount.of(workers(options.getWorkers(), ", or auto"));
        BandwidthOption.parse(maxBytesPerSecond());
        boolean isDry = dryRun == null ? options.isDryRun() : dryRun;
        return new SyncJob(
                options.getName(),
                from,
                to,
                policy(from, to),
                filters(nowMillis),
                workers,
                mode(isDry),
                Duration.ofMillis(options.getOutageTimeout()),
                Duration.ofMillis(options.getPlanTimeout()),
                options.isTrustNowHeader(),
                reportFile,
                stateFile,
                limits(),
                time(),
                transfers(from, to),
                prices);
    }

    /** How fast the account's bytes may go; null for what its component says. */
    public @Nullable String maxBytesPerSecond() {
        String rate = options.getRate();
        if (rate == null) {
            return options.getMaxBytesPerSecond();
        }
        if (mode() != Mode.SCRUB) {
            throw wrong("rate", rate, "it has a meaning only with mode=scrub; write maxBytesPerSecond");
        }
        if (options.getMaxBytesPerSecond() != null) {
            throw wrong("rate", rate, "maxBytesPerSecond is set as well; write one of them");
        }
        try {
            BandwidthOption.parse(rate);
        } catch (IllegalArgumentException e) {
            throw wrong("rate", rate, "write a size a second as 5MB, or a timetable as maxBytesPerSecond has it");
        }
        return rate;
    }

    /** How {@code mode=scrub} reads the bucket. */
    public ScrubSettings scrubSettings(SyncJob job) {
        return ScrubOptions.of(
                options, job, outside("scrubFile", ownFile(options.getScrubFile(), ".scrub.jsonl"), job));
    }

    /** Where a plan is written to, or carried out from; empty where plans are handed out. */
    public Optional<Path> planFile() {
        return Optional.ofNullable(options.getPlanFile()).map(Path::of);
    }

    /** How old a plan of a file may be. */
    public Duration planMaxAge() {
        return Duration.ofMillis(options.getPlanMaxAge());
    }

    private void checkPlanFile() {
        Optional<Path> file = planFile();
        Mode mode = mode();
        if (mode == Mode.APPLY && file.isEmpty()) {
            throw new IllegalArgumentException(
                    "Option planFile is missing: mode=apply carries out the plan that mode=plan has written there");
        }
        if (file.isPresent() && mode != Mode.APPLY && mode != Mode.PLAN) {
            throw wrong("planFile", file.get(), "it has a meaning only with mode=plan and mode=apply");
        }
        if (file.isPresent() && Files.isDirectory(file.get())) {
            throw wrong("planFile", file.get(), "it is a directory; write the name of a file");
        }
        if (options.getPlanMaxAge() < 1) {
            throw wrong("planMaxAge", options.getPlanMaxAge(), "write a time, as 24h");
        }
    }

    /** What a plan file is made for: the {@link #scope}, and what is in the files of filters. */
    public String scopeWithFiles(SyncJob job) {
        return scope(job) + "\n" + Conditions.of(chosen);
    }

    /** What decides in a run of that job, and what is stored with files: for people, and to be compared as a whole. */
    public String decisions(SyncJob job) {
        String stored = Stream.of(
                        options.getDestinationEncryption(),
                        options.getContentType(),
                        options.getCacheControl(),
                        options.getFileInfo(),
                        options.getRetentionMode(),
                        options.getRetainFor(),
                        options.getLegalHold(),
                        options.getBackupDir(),
                        options.getBackupSuffix())
                .map(value -> value == null ? "" : value)
                .collect(Collectors.joining("|"));
        return job.policy() + ", stored with: " + stored;
    }

    /** How {@code mode=check} looks at both sides. */
    public CheckSettings checkSettings(SyncJob job) {
        Verify verify = choose(
                "verify",
                options.getVerify(),
                Map.of("metadata", Verify.METADATA, "digest", Verify.DIGEST, "content", Verify.CONTENT));
        String text = options.getSample();
        Sample sample = text == null
                ? Sample.ALL
                : Sample.parse(text).orElseThrow(() -> wrong("sample", text, "write a share of the files, as 5%"));
        if (mode() != Mode.CHECK && (verify != Verify.METADATA || text != null)) {
            String option = text == null ? "verify" : "sample";
            throw wrong(
                    option,
                    text == null ? verify.word() : text,
                    "it has a meaning only with mode=check, and nothing would be compared; take it away");
        }
        if (mode() == Mode.CHECK && verify == Verify.METADATA) {
            if (text != null) {
                throw wrong(
                        "sample", text, "it needs verify=digest or verify=content; metadata is compared of all files");
            }
            if (job.policy().compareMode() == CompareMode.NONE) {
                throw wrong(
                        "compareMode",
                        "none",
                        "with mode=check nothing would be compared; write modTime, size or sha1");
            }
        }
        return new CheckSettings(
                verify,
                sample,
                Conditions.of(options, regexes, chosen),
                outside("checkFile", ownFile(options.getCheckFile(), ".check.jsonl"), job),
                outside("combinedFile", ownFile(options.getCombinedFile(), ".combined"), job),
                outside("certificateFile", certificateFile(), job));
    }

    /** Whoever gets it checks it elsewhere and later, which a key of this context alone is no use for. */
    private Optional<Path> certificateFile() {
        String file = options.getCertificateFile();
        if (file == null) {
            return Optional.empty();
        }
        if (!file.endsWith(".json")) {
            throw wrong(
                    "certificateFile",
                    file,
                    "write the name of a file that ends in .json; the page beside it ends in .html");
        }
        if (options.getPlanKey() == null) {
            throw wrong("certificateFile", file, "it is signed with planKey, which is missing");
        }
        return Optional.of(Path.of(file));
    }

    private static Optional<Path> outside(String option, Optional<Path> file, SyncJob job) {
        for (Location side : List.of(job.source(), job.destination())) {
            file.ifPresent(path -> refuseBelow(side, option, path));
        }
        return file;
    }

    private TransferRules transfers(Location from, Location to) {
        TrackRenames renames = choose(
                "trackRenames",
                options.getTrackRenames(),
                Map.of(
                        "off", TrackRenames.OFF,
                        "sha1", TrackRenames.SHA1,
                        "sizeAndTime", TrackRenames.SIZE_AND_TIME));
        if (renames != TrackRenames.OFF && !(from instanceof Location.Directory)) {
            throw wrong(
                    "trackRenames",
                    options.getTrackRenames(),
                    "it saves uploads, and source is a bucket; take it away");
        }
        return new TransferRules(
                choose(
                        "order",
                        options.getOrder(),
                        Map.of(
                                "name", TransferOrder.NAME,
                                "size", TransferOrder.SIZE,
                                "modTime", TransferOrder.MOD_TIME)),
                renames,
                BackupOptions.place(options, to),
                PreserveOptions.of(options));
    }

    private RunLimits limits() {
        Long transactions = options.getMaxTransactionsC();
        if (transactions != null && transactions < 1) {
            throw wrong("maxTransactionsC", transactions, "write 1 or more, or leave it out for any number");
        }
        String bytes = options.getMaxDownloadBytes();
        return new RunLimits(
                transactions == null ? RunLimits.UNLIMITED : transactions,
                bytes == null ? RunLimits.UNLIMITED : ByteSize.parse("maxDownloadBytes", bytes),
                TransferLimits.bytes(options));
    }

    /** When runs may work. */
    public TimeLimits time() {
        return TransferLimits.time(
                options,
                choose(
                        "cutoff",
                        options.getCutoff(),
                        Map.of("soft", TimeLimits.Cutoff.SOFT, "hard", TimeLimits.Cutoff.HARD)));
    }

    private SyncReport.Mode mode(boolean isDry) {
        if (mode() == Mode.ESTIMATE || (mode() == Mode.PLAN && planFile().isPresent())) {
            return SyncReport.Mode.ESTIMATE;
        }
        return isDry ? SyncReport.Mode.DRY_RUN : SyncReport.Mode.REAL;
    }

    /** One would take the place of the other. */
    private void refuseSame() {
        Map<Path, String> taken = new HashMap<>();
        files().forEach((option, file) -> file.ifPresent(path -> {
            String before = taken.putIfAbsent(RealPaths.of(path), option);
            if (before != null) {
                throw wrong(option, path, "it is the " + before + " as well; write another name");
            }
        }));
        files().forEach((option, file) ->
                file.ifPresent(path -> OwnFile.beside(path).forEach(own -> {
                    String other = taken.get(RealPaths.of(own));
                    if (other != null) {
                        throw wrong(
                                option,
                                path,
                                "what a run writes beside it, as " + own + ", is the " + other
                                        + " as well; write another name");
                    }
                })));
    }

    private Map<String, Optional<Path>> files() {
        Map<String, Optional<Path>> files = new LinkedHashMap<>();
        files.put("filesFrom", Optional.ofNullable(options.getFilesFrom()).map(Path::of));
        files.put("filterFrom", Optional.ofNullable(options.getFilterFrom()).map(Path::of));
        files.put("stateFile", ownFile(options.getStateFile(), ".state.jsonl"));
        files.put("reportFile", ownFile(options.getReportFile(), ".report.jsonl"));
        files.put("checkFile", ownFile(options.getCheckFile(), ".check.jsonl"));
        files.put("combinedFile", ownFile(options.getCombinedFile(), ".combined"));
        files.put("scrubFile", ownFile(options.getScrubFile(), ".scrub.jsonl"));
        files.put("planFile", planFile());
        Optional<Path> certificate =
                Optional.ofNullable(options.getCertificateFile()).map(Path::of);
        files.put("certificateFile", certificate);
        files.put("page of the certificateFile", certificate.map(Certificate::pageOf));
        return files;
    }

    /** It would be synced with every run, or removed, or take the place of a file. */
    private static void refuseBelow(Location side, String option, Path file) {
        if (side instanceof Location.Directory directory
                && RealPaths.of(file).startsWith(RealPaths.of(directory.path()))) {
            throw wrong(option, file, "it lies in " + directory.path() + ", which is synced; write a file elsewhere");
        }
    }

    /** In a directory, each sync has a file of its own name. */
    private Optional<Path> ownFile(@Nullable String option, String ending) {
        return Optional.ofNullable(option)
                .map(Path::of)
                .map(path -> Files.isDirectory(path) ? path.resolve(options.getName() + ending) : path);
    }

    /**
     * What a path plan is made for: the places, and what of the source is not looked at. Not the name of the sync, which
     * changes nothing, nor keepMode and maxDelete, which whoever carries out a plan judges by its own.
     */
    public String scope(SyncJob job) {
        return scope(place(job.source()) + "\n" + place(job.destination()));
    }

    String scope(String where) {
        Stream<Object> places = Stream.of(
                where,
                options.isDeleteExcluded(),
                options.isExcludeAllSymlinks(),
                options.getSymlinks(),
                options.getPreserve(),
                options.getHiddenSource(),
                options.getUnicode(),
                options.getExcludeModifiedBefore(),
                options.getExcludeModifiedAfter(),
                options.getExcludeUploadedBefore(),
                options.getExcludeUploadedAfter(),
                options.getExcludeDirRegex(),
                options.getExcludeRegex(),
                options.getIncludeRegex(),
                regexes);
        return Stream.concat(places, chosen.scope()).map(String::valueOf).collect(Collectors.joining("\n"));
    }

    private static String place(Location location) {
        if (location instanceof Location.Directory directory) {
            return directory.path().toAbsolutePath().normalize().toString();
        }
        Location.Bucket bucket = (Location.Bucket) location;
        // B2 does not tell bucket names apart by case.
        String place = "b2:" + bucket.name().toLowerCase(Locale.ROOT) + "/" + bucket.prefix();
        return bucket.asOf() == null ? place : place + " as of " + bucket.asOf();
    }

    /** What a place is on every machine. */
    static String sharedPlace(Location location) {
        return location instanceof Location.Directory ? "directory" : place(location);
    }

    /** @throws IllegalArgumentException if it is no number of workers */
    public static int workers(String text) {
        return workers(text, "");
    }

    private static int workers(String text, String otherwise) {
        if (!text.matches("[0-9]{1,9}")) {
            throw wrong("workers", text, "write a whole number, without a unit" + otherwise);
        }
        int workers = Integer.parseInt(text);
        if (workers < 1 || workers > MAX_WORKERS) {
            throw wrong("workers", text, "write a number from 1 to " + MAX_WORKERS + otherwise);
        }
        return workers;
    }

    private SyncPolicy policy(Location from, Location to) {
        CompareMode compareMode = choose(
                "compareMode",
                options.getCompareMode(),
                Map.of(
                        "modTime", CompareMode.MOD_TIME,
                        "size", CompareMode.SIZE,
                        "sha1", CompareMode.SHA1,
                        "none", CompareMode.NONE));
        KeepMode keepMode = choose(
                "keepMode",
                options.getKeepMode(),
                Map.of(
                        "noDelete", KeepMode.NO_DELETE,
                        "delete", KeepMode.DELETE,
                        "keepBeforeDelete", KeepMode.KEEP_BEFORE_DELETE));
        NewerFileMode newer = choose(
                "newerFileMode",
                options.getNewerFileMode(),
                Map.of(
                        "raiseError", NewerFileMode.RAISE_ERROR,
                        "skip", NewerFileMode.SKIP,
                        "replace", NewerFileMode.REPLACE));
        UploadMode uploadMode = choose(
                "uploadMode",
                options.getUploadMode(),
                Map.of("full", UploadMode.FULL, "incremental", UploadMode.INCREMENTAL));
        return new SyncPolicy(
                SyncJob.direction(from, to),
                compareMode,
                threshold(compareMode),
                newer,
                keepMode,
                options.getKeepDays() == null ? 0 : options.getKeepDays(),
                uploadMode,
                SyncPolicy.DEFAULT_MINIMUM_PART_SIZE,
                options.isAllowEmptySource() ? SyncPolicy.EmptySource.ALLOWED : SyncPolicy.EmptySource.REFUSED,
                options.isDeleteExcluded()
                        ? SyncPolicy.ExcludedFiles.TREATED_AS_ABSENT
                        : SyncPolicy.ExcludedFiles.LEFT_ALONE,
                removals());
    }

    private Removals removals() {
        String limit = options.getMaxDelete();
        MaxDelete maxDelete = limit == null || limit.isBlank()
                ? MaxDelete.SAFE
                : MaxDelete.parse(limit.trim())
                        .orElseThrow(() -> wrong(
                                "maxDelete", limit, "write a number of names, a percentage as 10%, or unlimited"));
        return new Removals(
                maxDelete,
                choose(
                        "keepDaysFrom",
                        options.getKeepDaysFrom(),
                        Map.of(
                                "superseded", Removals.KeepDaysFrom.SUPERSEDED,
                                "modTime", Removals.KeepDaysFrom.MOD_TIME)),
                options.isDeleteAfterFailures() ? Removals.AfterFailures.REMOVED : Removals.AfterFailures.WITHHELD);
    }

    private long threshold(CompareMode mode) {
        String text = options.getCompareThreshold();
        if (mode == CompareMode.SIZE) {
            return ByteSize.parse("compareThreshold", text);
        }
        Matcher matcher = THRESHOLD.matcher(text);
        if (!matcher.matches()) {
            throw wrong(
                    "compareThreshold",
                    text,
                    "with compareMode=" + options.getCompareMode()
                            + " write a number of ms, or a duration as 500ms or 2s");
        }
        String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
        return Duration.ofMillis(Math.multiplyExact(Long.parseLong(matcher.group(1)), MILLIS.getOrDefault(unit, 1L)))
                .toMillis();
    }

    private ScanFilters filters(long nowMillis) {
        Links.Mode links = choose(
                "symlinks",
                options.getSymlinks(),
                Map.of(
                        "follow", Links.Mode.FOLLOW,
                        "followWithin", Links.Mode.FOLLOW_WITHIN,
                        "skip", Links.Mode.SKIP));
        return new ScanFilters(
                compile("excludeDirRegex", options.getExcludeDirRegex(), regexes.excludeDirs()),
                compile("excludeRegex", options.getExcludeRegex(), regexes.excludes()),
                compile("includeRegex", options.getIncludeRegex(), regexes.includes()),
                PreserveOptions.links(options, options.isExcludeAllSymlinks() ? Links.Mode.SKIP : links),
                choose(
                        "specialFiles",
                        options.getSpecialFiles(),
                        Map.of("skip", ScanFilters.SpecialFiles.SKIPPED, "fail", ScanFilters.SpecialFiles.FAILING)),
                choose(
                        "hiddenSource",
                        options.getHiddenSource(),
                        Map.of("absent", ScanFilters.Hidden.ABSENT, "ignore", ScanFilters.Hidden.IGNORED)),
                choose(
                        "unicode",
                        options.getUnicode(),
                        Map.of("exact", Unicode.EXACT, "normalize", Unicode.NORMALIZED)),
                range(
                        "excludeModifiedBefore",
                        options.getExcludeModifiedBefore(),
                        "excludeModifiedAfter",
                        options.getExcludeModifiedAfter()),
                range(
                        "excludeUploadedBefore",
                        options.getExcludeUploadedBefore(),
                        "excludeUploadedAfter",
                        options.getExcludeUploadedAfter()),
                new ScanFilters.Chosen(chosen.filter(), nowMillis));
    }

    private static List<PythonRegex> compile(String option, @Nullable String single, List<String> many) {
        List<String> expressions = new ArrayList<>(many);
        if (single != null) {
            expressions.add(single);
        }
        List<PythonRegex> compiled = new ArrayList<>();
        for (String expression : expressions) {
            try {
                compiled.add(PythonRegex.compile(expression));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Option " + option + ": " + e.getMessage() + "; wrap it as " + option
                                + "=RAW(...), because + and % are decoded in a URI",
                        e);
            }
        }
        return compiled;
    }

    private static ScanFilters.TimeRange range(
            String fromOption, @Nullable String from, String toOption, @Nullable String to) {
        long first = number(fromOption, from, Long.MIN_VALUE);
        long last = number(toOption, to, Long.MAX_VALUE);
        if (first > last) {
            throw wrong(fromOption, from, "write a time that is not after " + toOption + "=" + to);
        }
        return new ScanFilters.TimeRange(first, last);
    }

    private static long number(String option, @Nullable String text, long absent) {
        if (text == null || text.isBlank()) {
            return absent;
        }
        try {
            long number = Long.parseLong(text.trim());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(option, text, "write a whole number, without a unit");
        }
        throw wrong(option, text, "write 0 or more");
    }

    private static Location location(String option, @Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException(
                    "Option " + option + " is missing: write a directory or b2://bucket/prefix");
        }
        return Location.parse(option, text);
    }

    private static Encryption encryption(String side, String mode, @Nullable String key) {
        if (!mode.equals("SSE-C") && key != null) {
            throw wrong(side + "Encryption", mode, "write SSE-C, which " + side + "CustomerKey belongs to");
        }
        return switch (mode) {
            case "default" -> Encryption.byDefault();
            case "none" -> Encryption.none();
            case "SSE-B2" -> Encryption.sseB2();
            case "SSE-C" -> customerKey(side, key);
            default -> throw wrong(side + "Encryption", mode, "write default, SSE-B2 or SSE-C");
        };
    }

    private static Encryption customerKey(String side, @Nullable String key) {
        if (key == null) {
            throw new IllegalArgumentException(
                    "Option " + side + "Encryption=SSE-C needs " + side + "CustomerKey: 32 bytes in Base64");
        }
        try {
            return Encryption.sseC(key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Option " + side + "CustomerKey is not 32 bytes in Base64", e);
        }
    }

    private static <T> T choose(String option, String value, Map<String, T> choices) {
        T chosen = choices.get(value);
        if (chosen == null) {
            throw wrong(
                    option,
                    value,
                    "write one of "
                            + String.join(
                                    ", ", choices.keySet().stream().sorted().toList()));
        }
        return chosen;
    }

    private static IllegalArgumentException wrong(String option, @Nullable Object value, String advice) {
        return new IllegalArgumentException("Option " + option + "=" + value + " cannot be: " + advice);
    }
}
