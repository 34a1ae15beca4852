package org.entente.directory;

import java.time.LocalDate;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A human being as entered.
 *
 * @param usualName nom d'usage
 * @param birthName nom de naissance, when it is another
 */
public record NewPerson(
        String givenName,
        String usualName,
        @Nullable String birthName,
        @Nullable LocalDate birthDate) {

    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

    public NewPerson {
        givenName = Checks.text("givenName", givenName, 100);
        usualName = Checks.text("usualName", usualName, 100);
        birthName = Checks.optional("birthName", birthName, 100);
        if (birthDate != null && (birthDate.isBefore(EARLIEST) || birthDate.getYear() > 2100)) {
            throw Refusal.invalidField("birthDate", "birthdate.invalid", birthDate.toString());
        }
    }
}
