package org.entente.storage;

import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

@SpringBootTest
@Import({TestPostgres.class, TestS3.class})
class ContentsTest extends ContentsContract {}
