// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.builder.EndpointConsumerBuilder;
import org.apache.camel.builder.EndpointProducerBuilder;
import org.apache.camel.builder.ExpressionClause;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.InterceptSendToEndpointDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.SimpleExpression;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.UnsafeUriCharactersEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets out of the text of routes: where a route names an endpoint with a secret in its URI, the route refers to the
 * secret from then on, and the component that makes the endpoint is told what it refers to.
 *
 * <p>Camel shows the text of a route in JMX, in dumps and consoles, in exceptions, and hides at most the first secret of a URI
 * there, in many places none. One for each context; what references mean is known in the whole JVM. Thread-safe.
 */
public final class RouteSecrets extends ModelLifecycleStrategySupport {
    private static final String PREFIX = "#secret:";
    private static final Pattern REFERENCE = Pattern.compile(PREFIX + "[0-9a-f]{16}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}:?!]+)}}");
    private static final String PROPERTY = "#property:";
    /** Before a secret that was given as a value, and not in a URI: no URI has this. */
    private static final String EXACTLY = "\0";

    private static final int REFERENCE_BYTES = 8;
    /** What Camel takes where a list of URIs names no other. */
    private static final String DELIMITER = ",";

    /** What is hidden where: the beginnings of URIs, and the secret options of the component behind them. */
    private record Uris(List<String> beginnings, SecretOptions options) {}

    private final CamelContext context;
    private final List<Uris> all = new CopyOnWriteArrayList<>();

    /**
     * By reference, as they were written, encoded and with property placeholders; as many as there are different ones. Of all
     * contexts of this JVM: a builder, and the routes that it made, may be added to several.
     */
    private static final Map<String, String> SECRETS = new ConcurrentHashMap<>();

    private static final Map<String, String> REFERENCES = new ConcurrentHashMap<>();

    private RouteSecrets(CamelContext context) {
        this.context = context;
    }

    /** Those of this context, from its first use on. */
    public static RouteSecrets of(CamelContext context) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        synchronized (extension) {
            RouteSecrets known = extension.getContextPlugin(RouteSecrets.class);
            if (known == null) {
                known = new RouteSecrets(context);
                extension.addContextPlugin(RouteSecrets.class, known);
                Model model = extension.getContextPlugin(Model.class);
                if (model != null) {
                    model.addModelLifecycleStrategy(known);
                }
            }
            return known;
        }
    }

    /**
     * Hides these options in a context that is still being built, before its routes are made, which may be before it has the
     * component; also for components of that type that get other names, with which their URIs begin.
     *
     * @param beginnings of the URIs, such as {@code b2:}
     */
    public static void watch(
            CamelContext context, List<String> beginnings, SecretOptions options, Class<? extends Component> type) {
        options.hideIn(context);
        // Now it has no model to hold routes.
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextInitialized(CamelContext initialized) {
                of(initialized).hide(beginnings, options);
            }

            @Override
            public void onComponentAdd(String name, Component component) {
                if (type.isInstance(component) && !beginnings.contains(name + ":")) {
                    of(context).hide(List.of(name + ":"), options);
                }
            }
        });
    }

    /**
     * Hides these options where a route has such a URI, from now on, and in the routes that there are.
     *
     * @param beginnings of the URIs, such as {@code b2:}
     */
    public void hide(List<String> beginnings, SecretOptions options) {
        if (all.stream().anyMatch(known -> known.beginnings().equals(beginnings))) {
            return;
        }
        all.add(new Uris(beginnings, options));
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        if (model != null) {
            model.getRouteTemplateDefinitions().forEach(this::onAddRouteTemplateDefinition);
            model.getRouteDefinitions().forEach(this::onAddRouteDefinition);
        }
    }

    /**
     * Replaces references to secrets by the secrets, in secret options only: nothing else may show them.
     *
     * @throws IllegalArgumentException if this JVM does not have what one refers to
     */
    public void reveal(Map<String, Object> parameters, SecretOptions options) {
        parameters.replaceAll((option, value) ->
                value instanceof String text && options.isOption(option) ? revealed(option, text) : value);
    }

    private String revealed(String option, String value) {
        if (value.startsWith(PROPERTY)) {
            // A Kamelet passes its parameters on as properties.
            String property = context.getPropertiesComponent()
                    .resolveProperty(value.substring(PROPERTY.length()))
                    .orElse("");
            return REFERENCE.matcher(property).matches() ? revealed(option, property) : value;
        }
        return REFERENCE.matcher(value).replaceAll(found -> Matcher.quoteReplacement(secret(option, found.group())));
    }

    private String secret(String option, String reference) {
        String written = SECRETS.get(reference);
        if (written == null) {
            throw new IllegalArgumentException("Option " + option + " refers to a secret that this JVM does not have: a"
                    + " dump of a route has no secrets; write the secret, or " + option
                    + "=#property:name.of.a.property");
        }
        if (written.startsWith(EXACTLY)) {
            return written.substring(EXACTLY.length());
        }
        try {
            // As Camel would have read the URI that it was written in.
            String uri =
                    URISupport.normalizeUri("b2:secret?" + option + "=" + context.resolvePropertyPlaceholders(written));
            Map<String, Object> decoded = URISupport.parseParameters(new URI(UnsafeUriCharactersEncoder.encode(uri)));
            URISupport.resolveRawParameterValues(decoded);
            return String.valueOf(decoded.get(option));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Option " + option + " is no value of a URI: write RAW(...) around it");
        }
    }

    @Override
    public void onAddRouteTemplateDefinition(RouteTemplateDefinition template) {
        hideIn(template.getRoute(), RouteSecrets::referenceInTemplate);
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        Map<String, Object> parameters = parametersOf(route);
        // What placeholders mean in a route of a template is known only while the route is made.
        hideIn(
                route,
                parameters == null
                        ? RouteSecrets::reference
                        : written -> referenceInTemplate(filled(written, parameters)));
    }

    private void hideIn(RouteDefinition route, UnaryOperator<String> reference) {
        FromDefinition from = route.getInput();
        // An endpoint that the route was given itself has the secret, and shows none.
        if (from != null && from.getEndpoint() == null) {
            inUri(from.getUri(), from::setUri, reference);
            EndpointConsumerBuilder builder = from.getEndpointConsumerBuilder();
            inBuilder(builder == null ? null : new Builder(builder::getRawUri, builder::doSetProperty));
        }
        if (route.getErrorHandlerFactory() instanceof DeadLetterChannelDefinition channel) {
            inUri(channel.getDeadLetterUri(), channel::setDeadLetterUri, reference);
        }
        for (ProcessorDefinition<?> step :
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)) {
            hideIn(step, reference);
        }
    }

    private void hideIn(ProcessorDefinition<?> step, UnaryOperator<String> reference) {
        if (hasEndpoint(step)) {
            return;
        }
        inBuilder(builderOf(step));
        if (step instanceof SendDefinition<?> send) {
            inUri(send.getUri(), send::setUri, reference);
        } else if (step instanceof ToDynamicDefinition send) {
            inUri(send.getUri(), send::setUri, reference);
        } else if (step instanceof PollDefinition poll) {
            inUri(poll.getUri(), poll::setUri, reference);
        } else if (step instanceof InterceptSendToEndpointDefinition intercept) {
            inUri(intercept.getUri(), intercept::setUri, reference);
            inUri(intercept.getAfterUri(), intercept::setAfterUri, reference);
        } else if (step instanceof ExpressionNode node && namesEndpoints(node)) {
            // Never where it makes data, which may leave the context.
            ExpressionDefinition expression = written(node.getExpression());
            if (expression.getExpression() == null) {
                inUri(uriOfBuilder(expression), uri -> node.setExpression(new SimpleExpression(uri)), reference);
                return;
            }
            inExpression(expression.getExpression(), delimiter(node), expression::setExpression, reference);
        }
    }

    private static boolean hasEndpoint(ProcessorDefinition<?> step) {
        return (step instanceof SendDefinition<?> send && send.getEndpoint() != null)
                || (step instanceof PollDefinition poll && poll.getEndpoint() != null);
    }

    /** What a step was given that was written in the endpoint DSL: the URI as it stands now, and how its options are set. */
    private record Builder(Supplier<String> uri, BiConsumer<String, Object> option) {}

    private static @Nullable Builder builderOf(ProcessorDefinition<?> step) {
        EndpointProducerBuilder producer = null;
        if (step instanceof SendDefinition<?> send) {
            producer = send.getEndpointProducerBuilder();
        } else if (step instanceof ToDynamicDefinition send) {
            producer = send.getEndpointProducerBuilder();
        }
        if (producer != null) {
            return new Builder(producer::getRawUri, producer::doSetProperty);
        }
        EndpointConsumerBuilder consumer =
                step instanceof PollDefinition poll ? poll.getEndpointConsumerBuilder() : null;
        return consumer == null ? null : new Builder(consumer::getRawUri, consumer::doSetProperty);
    }

    /** {@code pollEnrich} makes an expression of a builder before it has a route; the expression shows the URI. */
    private static @Nullable String uriOfBuilder(ExpressionDefinition expression) {
        return expression.getExpressionValue() == null ? null : String.valueOf(expression.getExpressionValue());
    }

    private void inBuilder(@Nullable Builder builder) {
        if (builder == null) {
            return;
        }
        String uri = builder.uri().get();
        for (Uris uris : all) {
            if (uris.beginnings().stream().anyMatch(uri::startsWith)) {
                uris.options().writtenLiteralsIn(uri).forEach(option -> inBuilder(builder, option));
            }
        }
    }

    /**
     * A builder takes values as they are: its URI does not say where one with an ampersand in it ends. It shows property
     * placeholders as such, and one of a template serves all its routes: they stay.
     */
    private static void inBuilder(Builder builder, String option) {
        String given = builder.uri().get();
        builder.option().accept(option, PREFIX);
        String without = builder.uri().get();
        int start = without.indexOf(option + "=" + PREFIX) + option.length() + 1;
        String value = given.substring(start, given.length() - (without.length() - start - PREFIX.length()));
        String written = value.startsWith("RAW(") || value.startsWith("RAW{") ? value : EXACTLY + value;
        builder.option().accept(option, value.contains("{{") ? value : reference(written));
    }

    /** What stands between two URIs of the expression. */
    private static String delimiter(ExpressionNode node) {
        String own = null;
        if (node instanceof RecipientListDefinition<?> list) {
            own = list.getDelimiter();
        } else if (node instanceof RoutingSlipDefinition<?> slip) {
            own = slip.getUriDelimiter();
        } else if (node instanceof DynamicRouterDefinition<?> router) {
            own = router.getUriDelimiter();
        }
        return own == null || own.isEmpty() ? DELIMITER : own;
    }

    /** What {@code enrich().simple(...)} says is behind a clause until the route is made. */
    private static ExpressionDefinition written(ExpressionDefinition expression) {
        return expression.getExpressionValue() instanceof ExpressionClause<?> clause
                        && clause.getExpressionType() instanceof ExpressionDefinition behind
                ? behind
                : expression;
    }

    private static boolean namesEndpoints(ExpressionNode node) {
        return node instanceof EnrichDefinition
                || node instanceof PollEnrichDefinition
                || node instanceof RecipientListDefinition
                || node instanceof RoutingSlipDefinition
                || node instanceof DynamicRouterDefinition;
    }

    private void inUri(@Nullable String uri, Consumer<String> setter, UnaryOperator<String> reference) {
        if (uri == null) {
            return;
        }
        String replaced = uri;
        for (Uris uris : all) {
            if (uris.beginnings().stream().anyMatch(uri.stripLeading()::startsWith)) {
                replaced = uris.options().replaceInUri(replaced, reference);
            }
        }
        if (!replaced.equals(uri)) {
            setter.accept(replaced);
        }
    }

    private void inExpression(
            @Nullable String text, String delimiter, Consumer<String> setter, UnaryOperator<String> reference) {
        // A delimiter that a reference holds as well would cut it in two.
        if (text == null || (PREFIX + "0123456789abcdef").contains(delimiter)) {
            return;
        }
        // The pattern of a URI in a text knows the usual delimiter, which may also stand in a RAW value.
        String replaced = delimiter.equals(DELIMITER)
                ? inPart(text, reference)
                : Stream.of(text.split(Pattern.quote(delimiter), -1))
                        .map(part -> inPart(part, reference))
                        .collect(Collectors.joining(delimiter));
        if (!replaced.equals(text)) {
            setter.accept(replaced);
        }
    }

    private String inPart(String text, UnaryOperator<String> reference) {
        String replaced = text;
        for (Uris uris : all) {
            if (uris.beginnings().stream().anyMatch(text::contains)) {
                replaced = uris.options().replaceInText(replaced, reference);
            }
        }
        return replaced;
    }

    /** What stands for a secret as it was written, which may be itself. */
    private static String reference(String written) {
        return written.contains("${") || written.contains("$simple{") || written.contains("{{?")
                ? written
                : REFERENCES.computeIfAbsent(written, RouteSecrets::remember);
    }

    /** Null for a route of its own. */
    private static @Nullable Map<String, Object> parametersOf(RouteDefinition route) {
        Map<String, Object> given = route.getTemplateParameters();
        return given == null && route.isCreatedFromTemplate() ? Map.of() : given;
    }

    private static String filled(String written, Map<String, Object> parameters) {
        return PLACEHOLDER
                .matcher(written)
                .replaceAll(found -> Matcher.quoteReplacement(
                        parameters.containsKey(found.group(1))
                                ? String.valueOf(parameters.get(found.group(1)))
                                : found.group()));
    }

    private static String referenceInTemplate(String written) {
        return written.contains("{{") ? written : reference(written);
    }

    private static String remember(String written) {
        byte[] random = new byte[REFERENCE_BYTES];
        // Not one for all: a native image would have its state, and no image builder takes it.
        new SecureRandom().nextBytes(random);
        String reference = PREFIX + HexFormat.of().formatHex(random);
        SECRETS.put(reference, written);
        return reference;
    }

    /** Whether the URI refers to a secret that a route was written with. */
    static boolean isReferredToIn(String uri) {
        return REFERENCE.matcher(uri.replace("%23", "#")).find();
    }
}
