package org.entente.sources.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads single values as directories write them: keys, ends, closed accounts. */
final class LdapValues {

    /** What an import understands as "there is no end". */
    static final LocalDate NO_END = LocalDate.of(9999, 12, 31);

    /** Longer than anything a person may be called: what is longer is refused further on, and need not be carried there whole. */
    private static final int LONGEST = 1_000;

    /** ADS_UF_ACCOUNTDISABLE of userAccountControl (Microsoft, "UserAccountControl property flags"). */
    private static final long ACCOUNT_DISABLED = 0x2;

    /** "Locked until somebody unlocks it" of draft-behera-ldap-password-policy, 5.3.3. */
    private static final String LOCKED_FOR_GOOD = "000001010000Z";

    /** FILETIME counts 100 ns since this day (Microsoft, "File Times"). */
    private static final Instant FILETIME_BEGIN = Instant.parse("1601-01-01T00:00:00Z");

    private static final long FILETIME_NEVER = Long.MAX_VALUE;

    private LdapValues() {}

    static @Nullable String text(Entry entry, @Nullable String attribute) {
        String value = attribute == null ? null : entry.getAttributeValue(attribute);
        if (value == null || value.isBlank()) {
            return null;
        }
        String stripped = value.strip();
        return stripped.length() > LONGEST ? stripped.substring(0, LONGEST) : stripped;
    }

    /** What an entry is called for good. objectGUID is a binary UUID with its first three parts turned (Microsoft, [MS-DTYP] 2.3.4). */
    static @Nullable String key(Entry entry, String attribute) {
        Attribute found = entry.getAttribute(attribute);
        if (found == null) {
            return null;
        }
        byte[] bytes = found.getValueByteArray();
        if (bytes == null || bytes.length == 0) {
            return null;
        }
        if (attribute.equalsIgnoreCase("objectGUID") && bytes.length == 16) {
            ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            long high = Integer.toUnsignedLong(little.getInt()) << 32
                    | Short.toUnsignedLong(little.getShort()) << 16
                    | Short.toUnsignedLong(little.getShort());
            return new UUID(high, little.order(ByteOrder.BIG_ENDIAN).getLong()).toString();
        }
        String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8).strip();
        boolean readable = text.chars().allMatch(c -> c > ' ' && c != '\ufffd' && c < 0x7f || c == ' ');
        String key = readable ? text.toLowerCase(Locale.ROOT) : HexFormat.of().formatHex(bytes);
        return key.isEmpty() || key.length() > 200 ? null : key;
    }

    /** The values under which an entry of this key may stand in an attribute: the way back from {@link #key}. */
    static List<byte[]> stored(String key, String attribute) {
        List<byte[]> values = new ArrayList<>();
        values.add(key.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        if (attribute.equalsIgnoreCase("objectGUID") && key.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            UUID id = UUID.fromString(key);
            long high = id.getMostSignificantBits();
            values.add(ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) (high >>> 32))
                    .putShort((short) (high >>> 16))
                    .putShort((short) high)
                    .order(ByteOrder.BIG_ENDIAN)
                    .putLong(id.getLeastSignificantBits())
                    .array());
        } else if (key.matches("([0-9a-f]{2})+")) {
            values.add(HexFormat.of().parseHex(key));
        }
        return values;
    }

    static boolean disabled(Entry entry, @Nullable String attribute) {
        String value = text(entry, attribute);
        if (value == null || attribute == null) {
            return false;
        }
        if (attribute.equalsIgnoreCase("userAccountControl")) {
            return number(value).filter(n -> (n & ACCOUNT_DISABLED) != 0).isPresent();
        }
        return value.equalsIgnoreCase("TRUE") || value.equals(LOCKED_FOR_GOOD);
    }

    /**
     * The last day: of accountExpires (FILETIME; 0 and the largest number mean never), shadowExpire (days since 1970, the first day that is no longer good; -1
     * means never), a generalized time (RFC 4517, 3.3.13) or a date. What cannot be read says nothing.
     */
    static @Nullable LocalDate lastDay(@Nullable String value, ZoneId zone) {
        if (value == null) {
            return null;
        }
        Optional<Long> number = number(value);
        try {
            if (number.isPresent() && value.length() != 8) {
                long n = number.get();
                if (n <= 0 || n == FILETIME_NEVER) {
                    return NO_END;
                }
                return n < 1_000_000
                        ? LocalDate.ofEpochDay(n - 1)
                        : before(FILETIME_BEGIN.plus(Duration.ofSeconds(n / 10_000_000)), zone);
            }
            Instant time = generalized(value);
            return time == null ? day(value) : before(time, zone);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    static @Nullable LocalDate firstDay(@Nullable String value, ZoneId zone) {
        if (value == null) {
            return null;
        }
        try {
            Instant time = generalized(value);
            return time == null ? day(value) : time.atZone(zone).toLocalDate();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The name of the organizational unit in which an entry lies, if it lies in one. */
    static @Nullable String parent(String dn) {
        try {
            DN parent = new DN(dn).getParent();
            RDN name = parent == null ? null : parent.getRDN();
            return name != null && name.hasAttribute("ou") ? name.getAttributeValues()[0] : null;
        } catch (LDAPException e) {
            return null;
        }
    }

    private static LocalDate before(Instant end, ZoneId zone) {
        LocalDate day = end.minusSeconds(1).atZone(zone).toLocalDate();
        return day.getYear() > 2199 ? NO_END : day;
    }

    private static @Nullable Instant generalized(String value) {
        if (!value.matches("[0-9]{10,14}([.,][0-9]+)?(Z|[+-][0-9]{2,4})")) {
            return null;
        }
        try {
            return com.unboundid.util.StaticUtils.decodeGeneralizedTime(value).toInstant();
        } catch (java.text.ParseException e) {
            return null;
        }
    }

    private static @Nullable LocalDate day(String value) {
        String digits = value.replace("-", "");
        return digits.matches("[0-9]{8}")
                ? LocalDate.parse(digits, java.time.format.DateTimeFormatter.BASIC_ISO_DATE)
                : null;
    }

    private static Optional<Long> number(String value) {
        try {
            return Optional.of(Long.parseLong(value));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
