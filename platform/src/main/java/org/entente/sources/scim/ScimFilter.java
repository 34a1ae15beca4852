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
    private static final String DIFFERS = "IS DISTINCT FROM";

    private final ScimColumns columns;
    private final Map<String, Object> params = new HashMap<>();

    private ScimFilter(ScimColumns columns) {
        this.columns = columns;
    }

    record Said(String sql, Map<String, Object> params) {}

    static Said users(@Nullable String filter) throws ScimException {
        return said(ScimColumns.USERS, filter);
    }

    static Said groups(@Nullable String filter) throws ScimException {
        return said(ScimColumns.GROUPS, filter);
    }

    private static Said said(ScimColumns columns, @Nullable String filter) throws ScimException {
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
        ScimColumns.Column column = column(path);
        ValueNode to = filter.getComparisonValue();
        boolean equal = operator.equals("=");
        boolean equality = equal || operator.equals(DIFFERS);
        String compared = column.sql() + " " + operator + " ";
        return switch (column.kind()) {
            case TEXT -> compared + value(to.asText().toLowerCase(Locale.ROOT));
            case TIME -> compared + value(time(path, to));
            case ID -> equality ? compared + value(id(to.asText())) : unknown(path);
            case FLAG -> equality ? compared + value(Boolean.parseBoolean(to.asText())) : unknown(path);
            case WORK -> equality ? value(to.asText().equalsIgnoreCase(column.sql())) + " = " + equal : unknown(path);
            case MEMBER -> equal ? column.sql().formatted(value(id(to.asText()))) : unknown(path);
            case EXACT -> {
                if (!equality) {
                    yield unknown(path);
                }
                yield to.isNull()
                        ? column.sql() + (equal ? " IS NULL" : " IS NOT NULL")
                        : compared + value(to.asText());
            }
            case THERE -> unknown(path);
        };
    }

    private static OffsetDateTime time(String path, ValueNode said) throws ScimException {
        try {
            return OffsetDateTime.parse(said.asText());
        } catch (DateTimeException notATime) {
            throw BadRequestException.invalidFilter(path + " is compared with a date and time");
        }
    }

    private String like(ComparisonFilter filter, String before, String after, String within) throws ScimException {
        String path = path(filter.getAttributePath(), within);
        ScimColumns.Column column = column(path);
        if (column.kind() != ScimColumns.Kind.TEXT) {
            return unknown(path);
        }
        String said = filter.getComparisonValue().asText().toLowerCase(Locale.ROOT);
        String literal = said.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return column.sql() + " LIKE " + value(before + literal + after);
    }

    private ScimColumns.Column column(String path) throws ScimException {
        ScimColumns.Column column = columns.known().get(path);
        if (column == null) {
            throw notFiltered(path);
        }
        return column;
    }

    private String unknown(String path) throws ScimException {
        throw notFiltered(path);
    }

    private ScimException notFiltered(String path) {
        return BadRequestException.invalidFilter(columns.what() + " are not filtered by " + path + " in this way");
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
        return compare(filter, DIFFERS, within);
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
        ScimColumns.Column column = column(path);
        return switch (column.kind()) {
            case TEXT, EXACT -> column.sql() + " IS NOT NULL";
            case ID, TIME, FLAG, THERE -> "true";
            case WORK, MEMBER -> unknown(path);
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
