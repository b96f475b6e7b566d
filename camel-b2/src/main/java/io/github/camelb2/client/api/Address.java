// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What makes an address one that can be connected to. */
public final class Address {
    /** Letters, digits, {@code . - _} or an IPv6 address in brackets, and perhaps a port. */
    private static final Pattern HOST_AND_PORT = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    private static final int LAST_PORT = 65_535;

    /** What a URI may hold of a user and a password; also of one that was begun without {@code https://}. */
    private static final Pattern USER =
            Pattern.compile("^((?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?=[^/?#]*@)|(?=[^/?#@]*:[^/?#]*@))[^/?#]*@");

    private static final String HIDDEN = "xxxxxx";

    private Address() {}

    /**
     * Whether it names a host; also one that no registry has, such as those with an underscore that Docker Compose makes,
     * in which {@link URI#getHost()} sees none.
     */
    public static boolean hasHost(URI address) {
        String host = address.getHost();
        if (host != null && host.charAt(0) != '[' && address.getRawUserInfo() == null) {
            return address.getPort() <= LAST_PORT;
        }
        String authority = address.getRawAuthority();
        Matcher parts = HOST_AND_PORT.matcher(authority == null ? "" : authority);
        return parts.matches()
                && (parts.group(2) == null || Integer.parseInt(parts.group(2).substring(1)) <= LAST_PORT);
    }

    /** Whether somebody wrote a user or a password into it, as it stands or percent encoded. */
    public static boolean hasUser(String address) {
        return USER.matcher(address).find() || USER.matcher(decoded(address)).find();
    }

    /**
     * The address as it may be shown: without the user and password that somebody may have written into it, and without
     * the values in its query, in which tokens of web hooks stand. One home for all messages and texts that name an address.
     */
    public static String shown(String address) {
        String plain = hasUser(address) && !USER.matcher(address).find() ? decoded(address) : address;
        String withoutUser = USER.matcher(plain).replaceFirst("$1" + HIDDEN + "@");
        int query = withoutUser.indexOf('?');
        return query < 0
                ? withoutUser
                : withoutUser.substring(0, query) + withoutUser.substring(query).replaceAll("=[^&]*", "=" + HIDDEN);
    }

    private static String decoded(String address) {
        try {
            return URLDecoder.decode(address, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return address;
        }
    }

    /** The address as calls are appended to it, with a slash of their own. */
    public static String withoutSlashes(String address) {
        int end = address.length();
        while (end > 0 && address.charAt(end - 1) == '/') {
            end--;
        }
        return address.substring(0, end);
    }
}
