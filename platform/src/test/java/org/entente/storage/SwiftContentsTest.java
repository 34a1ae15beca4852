package org.entente.storage;

import org.entente.testing.TestPostgres;
import org.entente.testing.TestSwift;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** The same promises on OpenStack Swift's S3, whose bucket is not there at first. */
@SpringBootTest
@EnabledIf("org.entente.testing.TestSwift#installed")
@Import({TestPostgres.class, TestSwift.class})
class SwiftContentsTest extends ContentsContract {}
