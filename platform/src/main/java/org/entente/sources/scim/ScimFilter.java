package org.entente.sources.scim;

import com.fasterxml.jackson.databind.node.ValueNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.AndFilter;
import com.unboundid.scim2.common.filters.ComparisonFilter;
import com.unboundid.scim2.common.filters.ComplexValueFilter;
import com.unboundid.scim2.common.filters.ContainsFilter;
import com.unboundid.scim2.common.filters.EndsWithFilter;
import com.unboundid.scim2.common.filters.EqualFilter;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterVisitor;
import com.unboundid.scim2.common.filters.GreaterThanFilter;
import com.unboundid.scim2.common.filters.GreaterThanOrEqualFilter;
import com.unboundid.scim2.common.filters.LessThanFilter;
import com.unboundid.scim2.common.filters.LessThanOrEqualFilter;
import com.unboundid.scim2.common.filters.NotEqualFilter;
import com.unboundid.scim2.common.filters.NotFilter;
import com.unboundid.scim2.common.filters.OrFilter;
import com.unboundid.scim2.common.filters.PresentFilter;
import com.unboundid.scim2.common.filters.StartsWithFilter;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A filter of SCIM (RFC 7644, 3.4.2.2) said in SQL, so that the database finds one user among thirty thousand. */
final class ScimFilter implements FilterVisitor<String, String> {

    private static final Pattern SCHEMA =
            Pattern.compile("^urn:ietf:params:scim:schemas:(core:2.0:(user|group)|extension:enterprise:2.0:user):");
    private static final int DEEPEST = 200;

    /**
     * What may be asked of a kind of resource, and where it is.
     *
     * @param texts those that are compared without regard to case
     * @param active whether it is; null when that is not asked of it
     * @param member whether this one is in it, with {@code %s} for its id; null when it has no members
     */
    private record Columns(
            String what,
            Map<String, String> texts,
            Map<String, String> times,
            String id,
            String externalId,
            @Nullable String active,
            @Nullable String member) {}

    private static final Columns USERS = new Columns(
            "Users",
            Map.ofEntries(
                    Map.entry("username", "u.lower_name"),
                    Map.entry("name.givenname", "lower(p.given_name)"),
                    Map.entry("name.familyname", "lower(p.usual_name)"),
                    Map.entry("displayname", "lower(p.given_name || ' ' || p.usual_name)"),
                    Map.entry("title", "lower(a.function)"),
                    Map.entry("usertype", "a.kind"),
                    Map.entry("employeenumber", "lower(a.reference)"),
                    Map.entry("organization", saidOf("organization", "NULL")),
                    Map.entry("division", saidOf("division", "NULL")),
                    Map.entry("department", saidOf("department", "a.unit_name")),
                    Map.entry("emails", "a.address"),
                    Map.entry("emails.value", "a.address"),
                    Map.entry("phonenumbers", "a.phone"),
                    Map.entry("phonenumbers.value", "a.phone")),
            Map.of("meta.created", "u.made_at", "meta.lastmodified", "u.changed_at"),
            "u.affiliation",
            "u.external_id",
            "(a.phase <> 'ended')",
            null);

    private static final Columns GROUPS = new Columns(
            "Groups",
            Map.of("displayname", "g.lower_name"),
            Map.of("meta.created", "g.made_at", "meta.lastmodified", "g.changed_at"),
            "g.id",
            "g.external_id",
            null,
            """
            EXISTS (SELECT FROM sources.scim_user u JOIN directory.v_source a ON a.id = u.affiliation
                    WHERE u.member = g.member AND u.affiliation = %s AND a.phase <> 'ended' AND g.display_name = ANY(a.groups))""");

    /** As it is shown: see {@link ScimUsers}. */
    private static String saidOf(String part, String otherwise) {
        return "lower(CASE WHEN s.id IS NOT NULL AND (s.unit IS NULL OR s.unit = a.unit) THEN s.%s ELSE %s END)"
                .formatted(part, otherwise);
    }

    private final Columns columns;
    private final Map<String, Object> params = new HashMap<>();

    private ScimFilter(Columns columns) {
        this.columns = columns;
    }

    record Said(String sql, Map<String, Object> params) {}

    static Said users(@Nullable String filter) throws ScimException {
        return said(USERS, filter);
    }

    static Said groups(@Nullable String filter) throws ScimException {
        return said(GROUPS, filter);
    }

    private static Said said(Columns columns, @Nullable String filter) throws ScimException {
        if (filter == null || filter.isBlank()) {
            return new Said("true", Map.of());
        }
        if (filter.length() > 2000
                || filter.chars().filter(c -> c == '(' || c == '[').count() > DEEPEST) {
            throw BadRequestException.invalidFilter("The filter is too long");
        }
        ScimFilter said = new ScimFilter(columns);
        String sql = Filter.fromString(filter).visit(said, "");
        return new Said(sql, said.params);
    }

    private static String path(Path path, String within) {
        String said = path.toString().toLowerCase(Locale.ROOT);
        return within + SCHEMA.matcher(said).replaceFirst("");
    }

    private String value(Object value) {
        String name = "f" + params.size();
        params.put(name, value);
        return ":" + name;
    }

    private String compare(ComparisonFilter filter, String operator, String within) throws ScimException {
        String path = path(filter.getAttributePath(), within);
        ValueNode value = filter.getComparisonValue();
        boolean equality = operator.equals("=") || operator.equals("IS DISTINCT FROM");
        String member = columns.member();
        if (member != null && path.matches("members(\\.value)?") && operator.equals("=")) {
            return member.formatted(value(id(value.asText())));
        }
        if (columns.active() != null && path.equals("active") && equality) {
            return columns.active() + " " + operator + " " + value(Boolean.parseBoolean(value.asText()));
        }
        if (path.equals("id") && equality) {
            return columns.id() + " " + operator + " " + value(id(value.asText()));
        }
        if (path.equals("externalid") && equality) {
            return value.isNull()
                    ? columns.externalId() + " IS NULL"
                    : columns.externalId() + " " + operator + " " + value(value.asText());
        }
        if (columns == USERS && (path.equals("emails.type") || path.equals("phonenumbers.type"))) {
            return equality
                    ? value(value.asText().equalsIgnoreCase("work")) + " = " + operator.equals("=")
                    : unknown(path);
        }
        String time = columns.times().get(path);
        if (time != null) {
            try {
                return time + " " + operator + " " + value(OffsetDateTime.parse(value.asText()));
            } catch (DateTimeException notATime) {
                throw BadRequestException.invalidFilter(path + " is compared with a date and time");
            }
        }
        return text(path) + " " + operator + " " + value(value.asText().toLowerCase(Locale.ROOT));
    }

    private String like(ComparisonFilter filter, String before, String after, String within) throws ScimException {
        String said = filter.getComparisonValue().asText().toLowerCase(Locale.ROOT);
        String literal = said.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return text(path(filter.getAttributePath(), within)) + " LIKE " + value(before + literal + after);
    }

    private String text(String path) throws ScimException {
        String column = columns.texts().get(path);
        return column == null ? unknown(path) : column;
    }

    private String unknown(String path) throws ScimException {
        throw BadRequestException.invalidFilter(columns.what() + " are not filtered by " + path + " in this way");
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notOne) {
            return new UUID(0, 0);
        }
    }

    private String joined(List<Filter> filters, String word, String within) throws ScimException {
        StringBuilder sql = new StringBuilder("(");
        for (Filter one : filters) {
            sql.append(sql.length() > 1 ? word : "").append(one.visit(this, within));
        }
        return sql.append(")").toString();
    }

    @Override
    public String visit(EqualFilter filter, String within) throws ScimException {
        return compare(filter, "=", within);
    }

    @Override
    public String visit(NotEqualFilter filter, String within) throws ScimException {
        return compare(filter, "IS DISTINCT FROM", within);
    }

    @Override
    public String visit(ContainsFilter filter, String within) throws ScimException {
        return like(filter, "%", "%", within);
    }

    @Override
    public String visit(StartsWithFilter filter, String within) throws ScimException {
        return like(filter, "", "%", within);
    }

    @Override
    public String visit(EndsWithFilter filter, String within) throws ScimException {
        return like(filter, "%", "", within);
    }

    @Override
    public String visit(PresentFilter filter, String within) throws ScimException {
        String path = path(filter.getAttributePath(), within);
        return switch (path) {
            case "id", "schemas", "meta", "meta.created", "meta.lastmodified" -> "true";
            case "active", "name" -> columns == USERS ? "true" : unknown(path);
            case "externalid" -> columns.externalId() + " IS NOT NULL";
            default -> text(path) + " IS NOT NULL";
        };
    }

    @Override
    public String visit(GreaterThanFilter filter, String within) throws ScimException {
        return compare(filter, ">", within);
    }

    @Override
    public String visit(GreaterThanOrEqualFilter filter, String within) throws ScimException {
        return compare(filter, ">=", within);
    }

    @Override
    public String visit(LessThanFilter filter, String within) throws ScimException {
        return compare(filter, "<", within);
    }

    @Override
    public String visit(LessThanOrEqualFilter filter, String within) throws ScimException {
        return compare(filter, "<=", within);
    }

    @Override
    public String visit(AndFilter filter, String within) throws ScimException {
        return joined(filter.getCombinedFilters(), " AND ", within);
    }

    @Override
    public String visit(OrFilter filter, String within) throws ScimException {
        return joined(filter.getCombinedFilters(), " OR ", within);
    }

    @Override
    public String visit(NotFilter filter, String within) throws ScimException {
        return "NOT coalesce(" + filter.getInvertedFilter().visit(this, within) + ", false)";
    }

    @Override
    public String visit(ComplexValueFilter filter, String within) throws ScimException {
        return "(" + filter.getValueFilter().visit(this, path(filter.getAttributePath(), within) + ".") + ")";
    }
}
