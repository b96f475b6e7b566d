// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** All that is logged while it is open, kept and not shown. */
public final class CapturedLogs extends AbstractAppender implements AutoCloseable {
    /** Shows every byte that is sent: the one logger that the manual says to leave off. */
    static final String WIRE = "org.apache.hc.client5.http.wire";

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Queue<String> atLeastInfo = new ConcurrentLinkedQueue<>();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final LoggerConfig root = context.getConfiguration().getRootLogger();
    private final Level before = root.getLevel();
    private final Map<String, Appender> others = Map.copyOf(root.getAppenders());

    private CapturedLogs() {
        super("captured", null, null, true, Property.EMPTY_ARRAY);
    }

    public static CapturedLogs open() {
        return openAt(Level.TRACE);
    }

    /** Keeps only what is at least of this level, which costs less. */
    static CapturedLogs openAt(Level level) {
        CapturedLogs logs = new CapturedLogs();
        logs.start();
        logs.others.keySet().forEach(logs.root::removeAppender);
        logs.root.addAppender(logs, level, null);
        logs.root.setLevel(level);
        Configurator.setLevel(WIRE, Level.INFO);
        logs.context.updateLoggers();
        return logs;
    }

    @Override
    public void append(LogEvent event) {
        Throwable thrown = event.getThrown();
        String line = event.getLoggerName() + " " + event.getMessage().getFormattedMessage()
                + (thrown == null ? "" : " " + thrown)
                + (event.getContextData().isEmpty() ? "" : " " + event.getContextData());
        lines.add(line);
        if (event.getLevel().isMoreSpecificThan(Level.INFO)) {
            atLeastInfo.add(line);
        }
    }

    /** What was logged until now: the logger's name, a space, and the message. */
    public List<String> lines() {
        return new ArrayList<>(lines);
    }

    /** Those of them that are shown where nobody asked for more. */
    public List<String> linesAtLeastInfo() {
        return new ArrayList<>(atLeastInfo);
    }

    @Override
    public void close() {
        root.removeAppender(getName());
        others.values().forEach(appender -> root.addAppender(appender, null, null));
        root.setLevel(before);
        context.updateLoggers();
        stop();
    }
}
