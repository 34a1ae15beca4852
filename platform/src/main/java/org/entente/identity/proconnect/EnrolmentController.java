package org.entente.identity.proconnect;

import java.util.List;
import java.util.Locale;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The operator reads what to declare to ProConnect. */
@RestController
@Needs(Right.READ_TERRITORY)
class EnrolmentController {

    private final Enrolment enrolment;

    EnrolmentController(Enrolment enrolment) {
        this.enrolment = enrolment;
    }

    /** @param sheets one for each service by which the territory is a provider: most have one, or one for trials and one that counts */
    record View(List<Enrolment.Sheet> sheets) {}

    @GetMapping("/api/operator/proconnect-enrolment")
    View read(@RequestParam(required = false) @Nullable String identityProvider, Locale locale) {
        return new View(enrolment.sheets(identityProvider, locale));
    }
}
