package org.entente.launcher.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.entente.launcher.Trouble;
import org.entente.launcher.territory.Place;
import org.entente.launcher.territory.Secrets;

/** Has the running platform carry out a command, and shows what it says line by line. */
final class Console {

    private static final String LAST = "exit: ";

    private final Place place;
    private final Terminal terminal;

    Console(Place place, Terminal terminal) {
        this.place = place;
        this.terminal = terminal;
    }

    /** Gives back the exit code. */
    int run(String name, Map<String, String> options) throws IOException, InterruptedException {
        if (!Running.on(place).supervised()) {
            throw new Trouble("Entente does not run. Start it first: ./entente up");
        }
        String secret = Secrets.read(place.data().secrets()).get(Secrets.Name.CONSOLE);
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + place.settings().platform().port() + "/console/" + name))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json(options)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<java.io.InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                if (answer.statusCode() != 200) {
                    throw new Trouble("The platform refuses the command (" + answer.statusCode() + "): "
                            + lines.lines().collect(Collectors.joining(" ")));
                }
                return show(lines);
            }
        } catch (java.net.ConnectException e) {
            throw new Trouble("The platform does not answer: ./entente status says how it is.", e);
        }
    }

    private int show(BufferedReader lines) throws IOException {
        int code = -1;
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(LAST)) {
                    code = line.equals(LAST + "0") ? 0 : 1;
                } else {
                    terminal.say(line);
                }
            }
        } catch (IOException cut) {
            code = -1;
        }
        if (code < 0) {
            throw new Trouble("The platform ended before the command did: ./entente logs platform says why.");
        }
        return code;
    }

    static String json(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> quote(option.getKey()) + ":" + quote(option.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
