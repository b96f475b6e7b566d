// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.wire;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the server listens.
 *
 * @param scheme {@code http} or {@code https}
 * @param api the address of API and downloads
 * @param pods the addresses of uploads; empty for the API's
 * @param port the port at all of them
 */
public record Hosts(String scheme, InetAddress api, List<InetAddress> pods, int port) {

    public Hosts {
        pods = List.copyOf(pods);
    }

    /** The realm, without a trailing slash. */
    public String url() {
        return url(api);
    }

    /** The base of an upload URL: of the pod that a place of the store belongs to, or the base under which the client knows the API. */
    public String podUrl(String place, String baseUrl) {
        return pods.isEmpty() ? baseUrl : url(pods.get(Math.floorMod(place.hashCode(), pods.size())));
    }

    /** All of them, the API's first. */
    public List<InetAddress> addresses() {
        List<InetAddress> all = new ArrayList<>(pods);
        all.add(0, api);
        return all;
    }

    private String url(InetAddress address) {
        String host = address.getHostAddress();
        return scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** Which host a connection came to. */
    public enum Role {
        /** API, downloads and uploads. */
        ALL,
        /** API and downloads. */
        API,
        /** Uploads. */
        POD;

        /** Whether a call is served here. */
        public boolean serves(Target target) {
            return this == ALL || (this == POD) == target.isUpload();
        }
    }
}
