// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.wire;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request line asks for. The path is taken as it came: nothing is normalised, {@code //}, {@code ..} and {@code %2F} stay.
 *
 * @param call B2's name of the call; {@code unknown} if there is none
 * @param version the API version; 0 outside of {@code /b2api}
 * @param rest the raw path behind the call's name, without its leading slash
 * @param query the decoded query parameters
 * @param path the raw path, without the query
 */
public record Target(String call, int version, String rest, Map<String, String> query, String path) {

    public static final String DOWNLOAD_BY_NAME = "b2_download_file_by_name";
    public static final String DOWNLOAD_BY_ID = "b2_download_file_by_id";
    public static final String UPLOAD_FILE = "b2_upload_file";
    public static final String UPLOAD_PART = "b2_upload_part";
    public static final String UNKNOWN = "unknown";

    private static final Pattern API = Pattern.compile("/b2api/v([1-4])/(b2_[a-z0-9_]+)(?:/(.*))?");

    public static Target of(String rawTarget) {
        int question = rawTarget.indexOf('?');
        String path = question < 0 ? rawTarget : rawTarget.substring(0, question);
        String rawQuery = question < 0 ? "" : rawTarget.substring(question + 1);
        if (path.startsWith("/file/")) {
            return new Target(DOWNLOAD_BY_NAME, 0, path.substring("/file/".length()), query(rawQuery), path);
        }
        Matcher api = API.matcher(path);
        if (!api.matches()) {
            return new Target(UNKNOWN, 0, path, Map.of(), path);
        }
        String rest = api.group(3) == null ? "" : api.group(3);
        return new Target(api.group(2), Integer.parseInt(api.group(1)), rest, query(rawQuery), path);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.put(Encoding.decode(name), equals < 0 ? "" : Encoding.decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    public boolean isUpload() {
        return call.equals(UPLOAD_FILE) || call.equals(UPLOAD_PART);
    }

    public boolean isDownload() {
        return call.equals(DOWNLOAD_BY_NAME) || call.equals(DOWNLOAD_BY_ID);
    }
}
