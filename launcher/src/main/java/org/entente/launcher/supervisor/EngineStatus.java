package org.entente.launcher.supervisor;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one engine is.
 *
 * @param where its port, or the address of an outside server
 * @param pid of its program, 0 when it has none
 * @param began when that program began, by which a later process of the same number is told apart
 * @param since when it came into this state
 * @param note why it is not running, for the engineer
 */
public record EngineStatus(
        String name,
        EngineState state,
        String where,
        long pid,
        @Nullable Instant began,
        Instant since,
        int restarts,
        @Nullable String note) {

    /** Its program, when it lives. */
    public Optional<ProcessHandle> process() {
        return Processes.find(pid, began);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("state", state.name());
        map.put("where", where);
        map.put("pid", pid);
        map.put("began", began == null ? "" : began.toString());
        map.put("since", since.toString());
        map.put("restarts", restarts);
        map.put("note", note == null ? "" : note);
        return map;
    }

    static EngineStatus of(Map<?, ?> map) {
        String began = text(map, "began");
        String note = text(map, "note");
        return new EngineStatus(
                text(map, "name"),
                EngineState.valueOf(text(map, "state")),
                text(map, "where"),
                Long.parseLong(text(map, "pid")),
                began.isEmpty() ? null : Instant.parse(began),
                Instant.parse(text(map, "since")),
                Integer.parseInt(text(map, "restarts")),
                note.isEmpty() ? null : note);
    }

    private static String text(Map<?, ?> map, String key) {
        return String.valueOf(map.get(key));
    }
}
