package org.entente.isolation;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.UnitId;
import org.entente.files.NodeId;
import org.entente.files.SpaceId;
import org.springframework.web.multipart.MultipartFile;

/** Fills whatever an endpoint takes with plausible values, using the ids of one member wherever an id is taken. */
record Samples(MemberId member, PersonId person, AffiliationId affiliation, UnitId unit, String domain, Held files) {

    /** A folder of this member, and the space it is in. */
    record Held(UUID space, UUID node) {}

    /** The text of a path variable or of a parameter. */
    String text(String name, Class<?> type) {
        Object value = simple(type);
        if (value != null) {
            return value.toString();
        }
        return switch (name) {
            case "domain" -> domain;
            case "person" -> person.toString();
            default -> affiliation.toString();
        };
    }

    /** Something that Jackson writes as this type. */
    Object body(Type type, int depth) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            if (Map.class.isAssignableFrom(raw)) {
                return Map.of();
            }
            if (Collection.class.isAssignableFrom(raw) && depth < 4) {
                return List.of(body(generic.getActualTypeArguments()[0], depth + 1));
            }
            return List.of();
        }
        if (!(type instanceof Class<?> plain)) {
            return List.of();
        }
        if (plain == String.class) {
            return "essai";
        }
        Object value = simple(plain);
        if (value != null) {
            return value;
        }
        if (plain.isRecord() && depth < 4) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (RecordComponent component : plain.getRecordComponents()) {
                fields.put(component.getName(), body(component.getGenericType(), depth + 1));
            }
            return fields;
        }
        return Map.of();
    }

    private Object simple(Class<?> type) {
        if (type == MemberId.class) {
            return member.toString();
        }
        if (type == PersonId.class) {
            return person.toString();
        }
        if (type == AffiliationId.class || type == UUID.class) {
            return affiliation.toString();
        }
        if (type == NodeId.class || type == SpaceId.class) {
            return (type == NodeId.class ? files.node() : files.space()).toString();
        }
        if (type == UnitId.class) {
            return unit.toString();
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return 1;
        }
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type == Instant.class) {
            return "2026-11-24T18:00:00Z";
        }
        if (type == LocalDate.class) {
            return "2026-11-24";
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0].toString();
        }
        return null;
    }

    static boolean isFile(Class<?> type) {
        return MultipartFile.class.isAssignableFrom(type);
    }
}
