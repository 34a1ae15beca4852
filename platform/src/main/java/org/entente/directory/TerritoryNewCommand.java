package org.entente.directory;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.entente.audit.Author;
import org.entente.base.ConsoleCommand;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code territory-new --epci SIREN [--also SIREN,…] [--operator SIREN|name] [--name …]}: any place of France, empty, offline. */
@Component
class TerritoryNewCommand implements ConsoleCommand {

    private static final Author CONSOLE = Author.system("console");

    private final Authorities authorities;
    private final Territories territories;
    private final Members members;
    private final Clock clock;
    private final MessageSource messages;
    private final TransactionTemplate transaction;

    TerritoryNewCommand(
            Authorities authorities,
            Territories territories,
            Members members,
            Clock clock,
            MessageSource messages,
            TransactionTemplate transaction) {
        this.authorities = authorities;
        this.territories = territories;
        this.members = members;
        this.clock = clock;
        this.messages = messages;
        this.transaction = transaction;
    }

    @Override
    public String name() {
        return "territory-new";
    }

    @Override
    public boolean run(Map<String, String> args, PrintWriter out) {
        try {
            List<String> lines = transaction.execute(status -> make(args));
            lines.forEach(out::println);
            return true;
        } catch (Refusal refusal) {
            out.println(word("refusal." + refusal.code(), refusal.args().toArray()));
            return false;
        }
    }

    private List<String> make(Map<String, String> args) {
        String epci = args.get("epci");
        if (epci == null) {
            throw Refusal.invalid("territory.epci");
        }
        Authorities.Authority grouping = known(epci);
        List<Authorities.Authority> all = new ArrayList<>();
        all.add(grouping);
        all.addAll(authorities.communesOf(Siren.of(epci)));
        for (String also : args.getOrDefault("also", "").split(",")) {
            if (!also.isBlank()) {
                all.add(known(also.strip()));
            }
        }
        // Somebody must run a territory from its first day: the grouping itself, unless said otherwise.
        String operator = args.getOrDefault("operator", epci);
        String name = args.getOrDefault("name", grouping.name());
        territories.make(name, false, CONSOLE);
        String operatorSiren = operator != null && operator.matches("[\\d\\s]+")
                ? Siren.of(operator).value()
                : null;
        if (operatorSiren != null && all.stream().noneMatch(a -> operatorSiren.equals(a.siren()))) {
            all.add(known(operatorSiren));
        }
        Map<String, MemberId> ids = new LinkedHashMap<>();
        all.stream().distinct().forEach(a -> {
            MemberId id = members.add(asMember(a, ids, operatorSiren), CONSOLE);
            if (a.siren() != null) {
                ids.put(a.siren(), id);
            }
        });
        if (operatorSiren == null) {
            members.add(
                    new Members.NewMember(
                            operator,
                            MemberKind.SYNDICAT,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            true,
                            LocalDate.now(clock)),
                    CONSOLE);
        }
        List<String> lines = new ArrayList<>();
        lines.add(word("territory.made", name, members.all().size()));
        long unknown = all.stream().filter(a -> a.siren() == null).count();
        if (unknown > 0) {
            lines.add(word("territory.unknown", unknown));
        }
        members.operator().ifPresent(o -> lines.add(word("territory.operator", o.name())));
        return lines;
    }

    private Members.NewMember asMember(
            Authorities.Authority a, Map<String, MemberId> ids, @Nullable String operatorSiren) {
        return new Members.NewMember(
                a.name(),
                a.kind(),
                a.siren() == null ? null : new Siren(a.siren()),
                null,
                a.insee(),
                a.population(),
                a.population() == null ? null : Authorities.POPULATION_SOURCE,
                a.population() == null ? null : Authorities.POPULATION_DATE,
                a.parent() == null ? null : ids.get(a.parent()),
                operatorSiren != null && operatorSiren.equals(a.siren()),
                LocalDate.now(clock));
    }

    private Authorities.Authority known(String siren) {
        return authorities.bySiren(Siren.of(siren)).orElseThrow(() -> Refusal.invalid("territory.not_listed", siren));
    }

    private String word(String key, Object... args) {
        return String.valueOf(messages.getMessage(key, args, key, Locale.FRENCH));
    }
}
