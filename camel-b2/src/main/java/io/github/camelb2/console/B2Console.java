// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.camel.Route;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

import io.github.camelb2.B2Component;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.cost.CostModel;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.work.TransferState;
import io.github.camelb2.lending.B2Account;
import io.github.camelb2.poll.B2Consumer;
import io.github.camelb2.poll.scan.VersionScanner;

/**
 * Shows logins, connections, transfers, consumers and the last errors to developers. Asks nobody, unless the option {@code
 * unfinished=true} wants the unfinished large files of the buckets that are known: one listing each, which is billed.
 */
@DevConsole(name = "b2", displayName = "Backblaze B2", description = "Logins, transfers and consumers of B2")
public class B2Console extends AbstractDevConsole {
    /** What lists the unfinished large files. */
    public static final String UNFINISHED = "unfinished";

    public B2Console() {
        super("camel", "b2", "Backblaze B2", "Logins, transfers and consumers of B2");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        List<String> lines = new ArrayList<>();
        show(lines, "", shown(options));
        return String.join("\n", lines) + "\n";
    }

    private static void show(List<String> lines, String indent, JsonObject members) {
        members.forEach((name, value) -> {
            if (value instanceof JsonArray array) {
                lines.add(indent + name + ": " + (array.isEmpty() ? "none" : ""));
                array.forEach(one -> {
                    lines.add(indent + "  -");
                    show(lines, indent + "    ", (JsonObject) one);
                });
            } else {
                lines.add(indent + name + ": " + value);
            }
        });
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        return shown(options);
    }

    private JsonObject shown(Map<String, Object> options) {
        boolean asks = "true".equals(String.valueOf(options.get(UNFINISHED)));
        JsonArray accounts = new JsonArray();
        for (String name :
                getCamelContext().getComponentNames().stream().sorted().toList()) {
            if (getCamelContext().hasComponent(name) instanceof B2Component component) {
                component.accounts().forEach(account -> accounts.add(account(name, account, asks)));
            }
        }
        JsonArray consumers = new JsonArray();
        for (Route route : getCamelContext().getRoutes()) {
            if (route.getConsumer() instanceof B2Consumer consumer) {
                consumers.add(consumer(route, consumer));
            }
        }
        JsonObject all = new JsonObject();
        all.put("accounts", accounts);
        all.put("consumers", consumers);
        return all;
    }

    private static JsonObject account(String component, B2Account account, boolean asks) {
        JsonObject shown = new JsonObject();
        shown.put("component", component);
        shown.put("loggedIn", account.isLoggedIn());
        shown.put("accountId", account.getAccountId());
        shown.put("applicationKeyId", account.getApplicationKeyId());
        shown.put("realm", account.getRealm());
        shown.put("authorizations", account.getAuthorizations());
        shown.put("lastAuthorized", account.getLastAuthorized());
        shown.put("repositoryTrouble", account.getRepositoryTrouble());
        shown.put("connectionsLeased", account.getLeasedConnections());
        shown.put("connectionsAvailable", account.getAvailableConnections());
        shown.put("connectionsPending", account.getPendingConnections());
        shown.put("connectionsMax", account.getMaxConnections());
        shown.put("tunedConcurrency", account.getTunedConcurrency());
        Bill bill = account.bill();
        shown.put("transactionsA", bill.classA());
        shown.put("transactionsB", bill.classB());
        shown.put("transactionsC", bill.classC());
        shown.put("bytesDownloaded", bill.downloadedBytes());
        shown.put("costAtMost", CostModel.PUBLISHED.of(bill).toString());
        shown.put("transfers", transfers(account));
        shown.put("unfinishedLargeFiles", asks ? unfinished(account) : new JsonArray());
        shown.put("lastErrors", errors(account));
        return shown;
    }

    private static JsonArray transfers(B2Account account) {
        JsonArray transfers = new JsonArray();
        for (TransferState state : account.transfersUnderWay()) {
            JsonObject one = new JsonObject();
            one.put("fileName", state.fileName());
            one.put("bytes", state.bytes());
            one.put("total", state.total());
            one.put("bytesPerSecond", state.bytesPerSecond());
            one.put("secondsLeft", state.timeLeft().map(Duration::toSeconds).orElse(-1L));
            transfers.add(one);
        }
        return transfers;
    }

    private static JsonArray unfinished(B2Account account) {
        JsonArray files = new JsonArray();
        for (BucketEntry bucket : account.buckets()) {
            try {
                FilePage page = account.call(ListUnfinishedLargeFiles.of(bucket.id()));
                for (FileVersion file : page.files()) {
                    JsonObject one = new JsonObject();
                    one.put("bucket", bucket.name());
                    one.put("fileName", file.fileName());
                    one.put("fileId", file.fileId());
                    one.put("startedMillis", file.uploadTimestamp());
                    files.add(one);
                }
            } catch (B2Exception e) {
                JsonObject one = new JsonObject();
                one.put("bucket", bucket.name());
                one.put("trouble", e.getMessage());
                files.add(one);
            }
        }
        return files;
    }

    private static JsonArray errors(B2Account account) {
        JsonArray errors = new JsonArray();
        account.lastErrors().forEach(request -> {
            JsonObject one = new JsonObject();
            one.put("at", request.started().toString());
            one.put("call", request.call());
            one.put("bucket", request.bucket());
            one.put("status", request.status());
            one.put("code", request.code());
            one.put("attempt", request.attempt());
            errors.add(one);
        });
        return errors;
    }

    private static JsonObject consumer(Route route, B2Consumer consumer) {
        JsonObject shown = new JsonObject();
        shown.put("route", route.getRouteId());
        shown.put("endpoint", consumer.getEndpoint().getEndpointUri());
        shown.put("ready", consumer.isConsumerReady());
        shown.put("ownFiles", consumer.getOwnFiles());
        consumer.findLastSweep().ifPresent((VersionScanner.Figures sweep) -> {
            shown.put("sweepVersions", sweep.versions());
            shown.put("sweepTransactionsC", sweep.calls());
        });
        return shown;
    }
}
