package org.entente.files;

import org.entente.directory.MemberId;
import org.entente.testing.TestActors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;

/** The same, who also asks as browsers do; and whoever administers her member. */
@AutoConfigureMockMvc
@Import(TestActors.class)
abstract class BrowserOfAnne extends HomeOfAnne {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    Visitor admin(MemberId member) {
        Visitor admin = town.agent(member, "Chef", null);
        jdbc.sql("INSERT INTO directory.role_grant (affiliation, role) VALUES (?, 'member_admin')")
                .param(admin.capacity().value())
                .update();
        return admin;
    }
}
