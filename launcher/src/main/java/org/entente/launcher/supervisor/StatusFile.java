package org.entente.launcher.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the supervisor writes and every other command reads: itself and its engines. */
public record StatusFile(Path file) {

    /** @param failure why the start was given up; null while it goes well */
    public record Status(
            long pid,
            Instant began,
            List<EngineStatus> engines,
            @Nullable String failure) {

        public Optional<ProcessHandle> supervisor() {
            return Processes.find(pid, began);
        }

        public boolean serves() {
            return engines.stream().allMatch(engine -> engine.state().serves());
        }
    }

    public static StatusFile in(Path run) {
        return new StatusFile(run.resolve("status.yaml"));
    }

    /** Readers never see half of it. */
    public void write(Status status) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("pid", status.pid());
        map.put("began", status.began().toString());
        map.put("failure", status.failure() == null ? "" : status.failure());
        map.put("engines", status.engines().stream().map(EngineStatus::toMap).toList());
        Path next = file.resolveSibling("status.next");
        Files.writeString(next, new Yaml().dump(map));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public Optional<Status> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<?, ?> map = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        String failure = String.valueOf(map.get("failure"));
        List<EngineStatus> engines = map.get("engines") instanceof List<?> all
                ? all.stream().map(one -> EngineStatus.of((Map<?, ?>) one)).toList()
                : List.of();
        return Optional.of(new Status(
                Long.parseLong(String.valueOf(map.get("pid"))),
                Instant.parse(String.valueOf(map.get("began"))),
                engines,
                failure.isEmpty() ? null : failure));
    }
}
