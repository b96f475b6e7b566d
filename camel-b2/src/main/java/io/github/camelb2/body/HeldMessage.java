// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.body;

import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message that notices when a route's own code gets the body itself, which may then be kept anywhere. What Camel does
 * with a body leaves it in its exchange.
 */
public final class HeldMessage extends DefaultMessage {
    private static final StackWalker STACK = StackWalker.getInstance();
    private static final String OURS = "io.github.camelb2.";
    private static final String CAMEL = "org.apache.camel.";
    /** Camel gives what these get to a method of a bean, or to the caller of a template. */
    private static final String BEAN = "org.apache.camel.component.bean.MethodInfo";

    private static final String TEMPLATE = "org.apache.camel.impl.engine.DefaultConsumerTemplate";
    /** Deeper than that nobody gets the value any more. */
    private static final int FRAMES = 12;

    public HeldMessage(CamelContext context) {
        super(context);
    }

    @Override
    public HeldMessage newInstance() {
        return new HeldMessage(getCamelContext());
    }

    @Override
    public Object getBody() {
        return noticed(super.getBody());
    }

    @Override
    public <T> T getBody(Class<T> type) {
        return noticed(super.getBody(type));
    }

    private static <T> T noticed(T body) {
        if (body instanceof HeldBody held && held.hold() != null && STACK.walk(HeldMessage::isForOthers)) {
            held.handedOut();
        }
        return body;
    }

    private static boolean isForOthers(Stream<StackWalker.StackFrame> frames) {
        @Nullable String caller = null;
        boolean isInside = false;
        for (StackWalker.StackFrame frame : (Iterable<StackWalker.StackFrame>) frames.limit(FRAMES)::iterator) {
            String name = frame.getClassName();
            boolean isThis = name.equals(HeldMessage.class.getName());
            if (isThis && isInside) {
                // Whoever asked for another type gets what comes of the body, and that is looked at by the outer call.
                return false;
            }
            boolean isSupport = name.endsWith(".MessageSupport");
            isInside |= isSupport;
            if (caller == null && !isThis && !isSupport) {
                caller = name;
                if (!caller.startsWith(CAMEL)) {
                    // In this package stand the tests of ours as well.
                    return !isOurs(caller);
                }
            }
            if (name.startsWith(BEAN) || name.startsWith(TEMPLATE)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOurs(String name) {
        return name.startsWith(OURS + "body.") || name.startsWith(OURS + "operation.") || name.startsWith(OURS + "B2");
    }
}
