package io.github.camelb2.sync;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.service.ServiceHelper;

import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncSession;

/** Runs one sync per poll and sends its report down the route; a report with failures comes with its exception set. */
class B2SyncConsumer extends ScheduledPollConsumer {
    private final SyncWorkshop workshop;

    B2SyncConsumer(B2SyncEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.workshop = new SyncWorkshop(endpoint);
    }

    @Override
    protected int poll() throws Exception {
        Exchange exchange = createExchange(false);
        try {
            SyncSession session = workshop.begin(exchange);
            SyncReport report = workshop.complete(session);
            exchange.getMessage().setHeader(B2SyncConstants.RUN_ID, session.runId());
            exchange.getMessage().setBody(report);
            if (!report.isComplete()) {
                exchange.setException(new SyncIncompleteException(report));
            }
            forceConsumerAsReady();
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                getExceptionHandler()
                        .handleException(
                                "The route failed to process a sync report", exchange, exchange.getException());
            }
            return 1;
        } finally {
            releaseExchange(exchange, false);
        }
    }

    @Override
    protected void doStart() throws Exception {
        ServiceHelper.startService(workshop);
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        ServiceHelper.stopService(workshop);
    }
}
