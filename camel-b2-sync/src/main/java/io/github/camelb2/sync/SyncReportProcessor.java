// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncSession;

/**
 * The last step of a route that began with {@code mode=plan}: waits for the path plans under way and makes the report the
 * body. A report with failures is thrown as {@link SyncIncompleteException}.
 */
public class SyncReportProcessor implements Processor {
    @Override
    public void process(Exchange exchange) throws Exception {
        SyncSession session = exchange.getProperty(B2SyncConstants.SESSION, SyncSession.class);
        if (session == null) {
            throw new IllegalStateException("there is no run to report: this step belongs behind b2-sync:name?mode=plan"
                    + " in the same route");
        }
        SyncReport report = session.finish();
        exchange.getContext()
                .getComponent("b2-sync", B2SyncComponent.class)
                .runs()
                .end(session);
        exchange.removeProperty(B2SyncConstants.SESSION);
        exchange.getMessage().setBody(report);
        exchange.getMessage().removeHeader(B2SyncConstants.DRY_RUN);
        if (!report.isComplete()) {
            throw new SyncIncompleteException(report);
        }
    }
}
