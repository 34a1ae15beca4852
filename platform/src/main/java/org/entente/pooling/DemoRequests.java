package org.entente.pooling;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.springframework.stereotype.Component;

/** What the members of a demonstration ask for: four needs between idea and live, with backers. */
@Component
class DemoRequests {

    private final Requests requests;
    private final DemoPeople people;

    DemoRequests(Requests requests, DemoPeople people) {
        this.requests = requests;
        this.people = people;
    }

    void ask(Map<String, MemberId> towns, Actor operator) {
        String[][] wishes = {
            {
                "Salles de visioconférence souveraines",
                "Tenir les conseils et les réunions de quartier sans outil étranger.",
                "accepted"
            },
            {"Parapheur électronique", "Signer les arrêtés à distance, avec circuit de visa.", "studied"},
            {"Dossier de subvention des associations", "Un seul dépôt pour toutes les communes.", "idea"},
            {"Accès unique aux données ouvertes", "Publier une fois pour tous les membres.", "live"}
        };
        List<MemberId> members = List.copyOf(towns.values());
        List<String> way = List.of("studied", "accepted", "building", "live");
        for (int i = 0; i < wishes.length; i++) {
            Actor asker = people.delegate(members.get(i % members.size()));
            if (asker == null) {
                continue;
            }
            UUID id = requests.propose(wishes[i][0], wishes[i][1], null, asker);
            for (int j = 0; j < 2 + i; j++) {
                MemberId backer = members.get((i + j) % members.size());
                Actor actor = people.delegate(backer);
                if (actor != null) {
                    Money share = j % 2 == 0 ? new Money((2_000L + 750L * j) * 100) : null;
                    requests.back(id, backer, new Requests.Backing(1 + (i + j) % 3, share, null), actor);
                }
            }
            requests.comment(id, "Nous sommes prêts à l’essayer avec deux services.", asker);
            int version = 0;
            for (String state : way.subList(0, Math.max(0, way.indexOf(wishes[i][2]) + 1))) {
                String service = state.equals("live") ? "data-gouv" : null;
                requests.answer(
                        id,
                        new Requests.Answer(
                                version++, state, "Étape franchie au comité technique.", service, null, null),
                        operator);
            }
        }
    }
}
