// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.apache.camel.support.ObjectHelper;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.ExactValue;
import io.github.camelb2.Moment;

/**
 * Turns what stands in a message into what an operation needs; refuses what cannot be turned, in words of this
 * component. Not thread-safe: used by the thread that runs the operation.
 */
final class HeaderValues {
    private final Exchange exchange;
    private final B2Operations operation;

    HeaderValues(Exchange exchange, B2Operations operation) {
        this.exchange = exchange;
        this.operation = operation;
    }

    /** A value of the type of the parameter. */
    <T> T convert(Param<T> param, Object value) {
        Class<?> type = param.type();
        if (type == Boolean.class || type == Long.class || type == Integer.class || type == Duration.class) {
            return exact(HeaderText.decoded(value), type)
                    .map(param.type()::cast)
                    .orElseThrow(() -> unreadable(param, value, "a " + type.getSimpleName()));
        }
        if (type == Moment.class) {
            return Moment.find(HeaderText.decoded(value))
                    .map(param.type()::cast)
                    .orElseThrow(() -> unreadable(param, value, "a time"));
        }
        if (type == String.class) {
            return HeaderText.find(value).map(param.type()::cast).orElseThrow(() -> unreadable(param, value, "a text"));
        }
        try {
            T converted = exchange.getContext().getTypeConverter().tryConvertTo(param.type(), exchange, value);
            if (converted != null) {
                return converted;
            }
        } catch (TypeConversionException e) {
            // Answered below, in words of this component: Camel's message would quote a secret.
        }
        throw unreadable(param, value, "a " + param.type().getSimpleName());
    }

    /** Camel would take some texts and numbers for other ones, see {@link ExactValue}. */
    private static Optional<?> exact(Object value, Class<?> type) {
        if (type == Boolean.class) {
            return ExactValue.bool(value);
        }
        if (type == Duration.class) {
            return ExactValue.duration(value);
        }
        Optional<Long> number = number(value);
        return type == Long.class
                ? number
                : number.filter(it -> it == it.intValue()).map(Long::intValue);
    }

    /** Times are numbers of ms in headers. */
    private static Optional<Long> number(Object value) {
        if (value instanceof Date time) {
            return Optional.of(time.getTime());
        }
        if (value instanceof Instant time) {
            return ExactValue.millis(time);
        }
        return value instanceof Duration time ? ExactValue.millis(time) : ExactValue.number(value);
    }

    /** A collection, an array, or one text with commas. */
    static List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        ObjectHelper.createIterator(HeaderText.decoded(value), ",")
                .forEachRemaining(it -> texts.add(String.valueOf(it).trim()));
        return texts;
    }

    /** Texts by name, in the order of the map. */
    Map<String, String> textMap(Param<?> param, Object value) {
        Object found = RequestJson.isObject(value) ? read(param, value, Map.class) : value;
        if (!(found instanceof Map<?, ?> map)) {
            throw unreadable(param, value, "a Map of texts");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((key, member) -> {
            if (key == null || member == null) {
                throw unreadable(param, value, "a Map without null keys and values");
            }
            texts.put(
                    key.toString(),
                    HeaderText.find(member).orElseThrow(() -> unreadable(param, value, "a Map of texts")));
        });
        return Collections.unmodifiableMap(texts);
    }

    /** A list whose members are of that type, or maps that say the same; or the JSON of such a list. */
    <T> List<T> list(Param<?> param, Object value, Class<T> memberType) {
        List<T> members = new ArrayList<>();
        boolean isJson =
                RequestJson.isArray(value) && (memberType != Object.class || RequestJson.isArrayOfMembers(value));
        Object list = isJson ? read(param, value, List.class) : value;
        // A text is one member: names may hold commas.
        for (Object member : list instanceof Collection<?> given ? given : List.of(list)) {
            members.add(memberType.isInstance(member) ? memberType.cast(member) : read(param, member, memberType));
        }
        return members;
    }

    /** A value of that type, or a map or JSON that says the same. */
    <T> T value(Param<T> param, Object value) {
        return param.type().isInstance(value) ? param.type().cast(value) : read(param, value, param.type());
    }

    private static <T> T read(Param<?> param, Object value, Class<T> type) {
        return RequestJson.read(value, type, "header " + param.header());
    }

    /** The members of a message body, which must be a collection of that type. */
    <T> List<T> bodyList(@Nullable Object body, Class<T> memberType, String hint) {
        boolean isJson = RequestJson.isArray(body);
        Object found = body != null && isJson ? RequestJson.read(body, List.class, "the body") : body;
        if (!(found instanceof Collection<?> members)) {
            throw wrongBody(memberType, body, hint);
        }
        List<T> list = new ArrayList<>();
        for (Object member : members) {
            if (memberType.isInstance(member)) {
                list.add(memberType.cast(member));
            } else if (member instanceof Map<?, ?>) {
                list.add(RequestJson.read(member, memberType, "the body"));
            } else {
                throw wrongBody(memberType, member, hint);
            }
        }
        return list;
    }

    /** The message body, which must be of that type, or a map or the JSON of an object that says the same. */
    <T> T body(@Nullable Object body, Class<T> type, String hint) {
        if (type.isInstance(body)) {
            return type.cast(body);
        }
        if (body != null && (body instanceof Map<?, ?> || RequestJson.isObject(body))) {
            return RequestJson.read(body, type, "the body");
        }
        throw new IllegalArgumentException(operation + " needs a " + type.getName() + " as the message body, not "
                + (body == null ? "nothing" : "a " + body.getClass().getName()) + "; " + hint);
    }

    private IllegalArgumentException wrongBody(Class<?> memberType, @Nullable Object found, String hint) {
        return new IllegalArgumentException(operation + " needs a List of " + memberType.getName()
                + " as the message body, not "
                + (found == null ? "nothing" : "a " + found.getClass().getName()) + "; "
                + hint);
    }

    private IllegalArgumentException unreadable(Param<?> param, Object value, String wanted) {
        String shown = B2Constants.CUSTOMER_KEY.equals(param.header())
                ? ""
                : " = " + value + " (" + value.getClass().getName() + ")";
        return new IllegalArgumentException(
                operation + ": header " + param.header() + shown + " is not " + wanted + ": set " + param.what());
    }
}
