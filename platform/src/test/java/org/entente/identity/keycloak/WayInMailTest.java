package org.entente.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.entente.base.Refusal;
import org.entente.directory.PersonId;
import org.entente.identity.SignInPeople.Person;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

/** Here no mail server answers: a mail that is sent is refused, one that is not sent is not. */
class WayInMailTest extends KeycloakTest {

    @Test
    void whoHasAPasswordIsNotWrittenTo() {
        Person paul = newcomer(mayor());
        people.write(List.of(paul));
        demandWrittenTo(paul);

        accounts.setInitialPassword(new PersonId(paul.person()), PASSWORD, false);

        assertThatCode(() -> mail(paul)).doesNotThrowAnyException();
    }

    @Test
    void whoSignsInAtASourceIsNotWrittenTo() {
        Person paul = newcomer(mayor());
        people.write(List.of(paul));
        demandWrittenTo(paul);

        TestApp.admin()
                .authorised()
                .post()
                .uri("/admin/realms/entente/users/{id}/federated-identity/elsewhere", paul.person())
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("identityProvider", "elsewhere", "userId", "u1", "userName", "paul"))
                .retrieve()
                .toBodilessEntity();

        assertThatCode(() -> mail(paul)).doesNotThrowAnyException();
    }

    private void demandWrittenTo(Person person) {
        assertThatThrownBy(() -> mail(person))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE));
    }

    private void mail(Person person) {
        accounts.mailFirstSignInLink(new PersonId(person.person()), Duration.ofHours(1));
    }
}
