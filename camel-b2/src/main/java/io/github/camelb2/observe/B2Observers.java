// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.observe;

import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExtendedCamelContext;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.retry.Listeners;

/**
 * All observers of a context as one, which is what the components tell: none of them can disturb the work, nor another one.
 * Costs a look at an empty list where nobody listens. Thread-safe.
 */
public final class B2Observers implements B2Observer {
    private record Guarded(B2Observer observer, Complaint complaint) {}

    private final List<Guarded> observers = new CopyOnWriteArrayList<>();

    private B2Observers() {}

    /** Those of that context, the same ones each time. */
    public static B2Observers of(CamelContext context) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        B2Observers found = extension.getContextPlugin(B2Observers.class);
        if (found != null) {
            return found;
        }
        synchronized (extension) {
            B2Observers known = extension.getContextPlugin(B2Observers.class);
            if (known == null) {
                known = new B2Observers();
                known.find(context);
                extension.addContextPlugin(B2Observers.class, known);
            }
            return known;
        }
    }

    private void find(CamelContext context) {
        context.getRegistry().findByType(B2Observer.class).forEach(this::add);
        ServiceLoader.load(B2ObserverFactory.class, B2Observers.class.getClassLoader())
                .forEach(factory -> factory.create(context).ifPresent(this::add));
    }

    /** One more, who hears of what begins from now on. */
    public void add(B2Observer observer) {
        observers.add(new Guarded(observer, new Complaint(observer)));
    }

    /** Whether anybody listens, so that it is worth while to make an event. */
    public boolean areAny() {
        return !observers.isEmpty();
    }

    @Override
    public ClientListener calls() {
        return all(B2Observer::calls);
    }

    @Override
    public ClientListener message(Exchange exchange) {
        return observers.isEmpty() ? ClientListener.NONE : all(observer -> observer.message(exchange));
    }

    private ClientListener all(Function<B2Observer, ClientListener> asked) {
        ClientListener together = ClientListener.NONE;
        for (Guarded each : observers) {
            ClientListener one = each.complaint().ask(() -> asked.apply(each.observer()), ClientListener.NONE);
            if (one != ClientListener.NONE) {
                together = Listeners.of(together, new GuardedListener(one, each.complaint()));
            }
        }
        return together;
    }

    @Override
    public Runnable carry(Runnable task) {
        Runnable carried = task;
        for (Guarded each : observers) {
            Runnable before = carried;
            carried = each.complaint().ask(() -> each.observer().carry(before), before);
        }
        return carried;
    }

    @Override
    public void opened(B2Client client) {
        tell(observer -> observer.opened(client));
    }

    @Override
    public void closed(B2Client client) {
        tell(observer -> observer.closed(client));
    }

    @Override
    public void consumed(ConsumerEvent event) {
        tell(observer -> observer.consumed(event));
    }

    @Override
    public void synced(SyncEvent event) {
        tell(observer -> observer.synced(event));
    }

    private void tell(Consumer<B2Observer> event) {
        for (Guarded each : observers) {
            each.complaint().tell(() -> event.accept(each.observer()));
        }
    }
}
