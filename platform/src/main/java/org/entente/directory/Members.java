package org.entente.directory;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.entente.audit.Author;
import org.jspecify.annotations.Nullable;

/** The authorities of the territory. */
public interface Members {

    MemberId add(NewMember member, Author author);

    List<MemberRef> all();

    Optional<MemberRef> find(MemberId member);

    /** The public body that runs the territory, once there is one. */
    Optional<MemberRef> operator();

    /** Whose a mail domain is, verified or not yet. */
    Optional<MemberId> ownerOf(String domain);

    /** Gives a member a mail domain; verified at once only when the operator vouches for it, as for the demo. */
    void addDomain(MemberId member, String domain, boolean verified, Author author);

    UnitId addUnit(MemberId member, @Nullable UnitId parent, @Nullable String code, String name, Author author);

    /**
     * An authority to be added.
     *
     * @param siren null when it is not known: never made up
     * @param population with its source and date, or none of the three
     */
    record NewMember(
            String name,
            MemberKind kind,
            @Nullable Siren siren,
            @Nullable Siret siret,
            @Nullable String insee,
            @Nullable Integer population,
            @Nullable String populationSource,
            @Nullable LocalDate populationDate,
            @Nullable MemberId parent,
            boolean isOperator,
            LocalDate joinedOn) {

        public NewMember {
            name = Checks.text("name", name, 200);
            insee = Checks.optional("insee", insee, 5);
            populationSource = Checks.optional("populationSource", populationSource, 200);
        }
    }
}
