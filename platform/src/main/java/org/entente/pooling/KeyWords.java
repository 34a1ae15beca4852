package org.entente.pooling;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.directory.MemberId;
import org.entente.directory.MemberRef;
import org.entente.directory.Members;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says cost keys, the steps of a share and amounts in words, so that nobody has to read a formula as data. */
@Component
class KeyWords {

    private final MessageSource messages;
    private final Members members;
    private final Catalog catalog;

    KeyWords(MessageSource messages, Members members, Catalog catalog) {
        this.messages = messages;
        this.members = members;
        this.catalog = catalog;
    }

    String key(CostKey key, Locale locale) {
        return switch (key) {
            case CostKey.ByMeasure(Measure measure) ->
                text("pooling.key.measure", locale, measure(measure.code(), locale));
            case CostKey.Tapered tapered ->
                text(
                        "pooling.key.tapered",
                        locale,
                        measure(tapered.measure().code(), locale),
                        tapered.slices().stream()
                                .map(s -> s.upTo() == null
                                        ? text("pooling.key.slice.last", locale, number(s.coefficient(), locale))
                                        : text(
                                                "pooling.key.slice",
                                                locale,
                                                number(BigDecimal.valueOf(s.upTo()), locale),
                                                number(s.coefficient(), locale)))
                                .collect(Collectors.joining(", ")));
            case CostKey.Equal() -> text("pooling.key.equal", locale);
            case CostKey.Fixed(Map<MemberId, BigDecimal> percents) ->
                text(
                        "pooling.key.fixed",
                        locale,
                        percents.entrySet().stream()
                                .map(e -> name(e.getKey()) + " " + number(e.getValue(), locale) + " %")
                                .sorted()
                                .collect(Collectors.joining(", ")));
            case CostKey.Mix mix ->
                mix.parts().stream()
                        .map(p -> text("pooling.key.part", locale, number(p.percent(), locale), key(p.by(), locale)))
                        .collect(Collectors.joining(" + "));
            case CostKey.Capped(CostKey of, BigDecimal most) ->
                text("pooling.key.capped", locale, key(of, locale), number(most, locale));
            case CostKey.AtLeast(CostKey of, Money minimum) ->
                text("pooling.key.at-least", locale, key(of, locale), money(minimum, locale));
        };
    }

    /** One step of a share, as a sentence. */
    String reason(Allocation.Reason reason, Locale locale) {
        Map<String, String> v = reason.values();
        if (!reason.rule().equals("weight")) {
            return text(
                    "pooling.reason." + reason.rule(),
                    locale,
                    cents(v.get("before"), locale),
                    cents(v.get("after"), locale));
        }
        BigDecimal weight = decimal(v.get("weight"));
        BigDecimal sum = decimal(v.get("sum"));
        BigDecimal percent = weight.multiply(CostKey.HUNDRED).divide(sum, 2, RoundingMode.HALF_UP);
        String basis = String.valueOf(v.get("basis"));
        String by = basis.equals("equal") || basis.equals("fixed")
                ? text("pooling.basis." + basis, locale)
                : measure(basis, locale);
        return text(
                "pooling.reason.weight",
                locale,
                by,
                number(weight, locale),
                number(sum, locale),
                number(percent, locale),
                cents(v.get("of"), locale),
                String.valueOf(v.get("days")));
    }

    /** What was refused, in words: for answers that carry on without what failed. */
    String refusal(Refusal refusal, Locale locale) {
        return text("refusal." + refusal.code(), locale, refusal.args().toArray());
    }

    /** The name of a measure: of the directory, or a usage metric and its service. */
    String measure(String code, Locale locale) {
        String known = messages.getMessage("pooling.measure." + code, null, null, locale);
        if (known != null) {
            return known;
        }
        int dot = code.indexOf('.');
        if (dot < 0) {
            return code;
        }
        String metric = messages.getMessage("pooling.metric." + code.substring(0, dot), null, code, locale);
        String service = code.substring(dot + 1);
        return text(
                "pooling.measure.of-service",
                locale,
                String.valueOf(metric).toLowerCase(locale),
                service(service, locale));
    }

    String service(String id, Locale locale) {
        return catalog.name(id).map(n -> n.in(locale)).orElse(id);
    }

    String money(Money amount, Locale locale) {
        NumberFormat format =
                NumberFormat.getCurrencyInstance(locale.getLanguage().equals("en") ? Locale.UK : Locale.FRANCE);
        format.setCurrency(Currency.getInstance("EUR"));
        return format.format(amount.inEuros()).replace('\u202f', '\u00a0');
    }

    String text(String key, Locale locale, Object... args) {
        return String.valueOf(messages.getMessage(key, args, key, locale));
    }

    private String cents(@org.jspecify.annotations.Nullable String cents, Locale locale) {
        return money(new Money(decimal(cents).setScale(0, RoundingMode.HALF_UP).longValueExact()), locale);
    }

    private static BigDecimal decimal(@org.jspecify.annotations.Nullable String text) {
        return text == null ? BigDecimal.ZERO : new BigDecimal(text);
    }

    private static String number(BigDecimal value, Locale locale) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(4);
        return format.format(value).replace('\u202f', '\u00a0');
    }

    private String name(MemberId id) {
        return Optional.of(id).flatMap(members::find).map(MemberRef::name).orElse(id.toString());
    }
}
