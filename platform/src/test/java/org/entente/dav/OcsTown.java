package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.entente.directory.MemberId;
import org.junit.jupiter.api.BeforeEach;
import org.w3c.dom.Document;

/** Three people of two members, with programs that call what Nextcloud's call beside WebDAV. */
abstract class OcsTown extends DavTown {

    static final String SHARES = "/ocs/v2.php/apps/files_sharing/api/v1/shares";

    MemberId givors;
    Device nadia;
    Device paul;
    Device samir;

    @BeforeEach
    void threePeopleOfTwoMembers() {
        givors = town.member("Givors");
        nadia = device(town.agent(givors, "Nadia", null));
        paul = device(town.agent(givors, "Paul", null));
        samir = device(town.agent(town.member("Corbas"), "Samir", null));
    }

    HttpResponse<String> ocs(Device device, String method, String path, Map<String, String> form) throws Exception {
        String body = form.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(
                device,
                method,
                path + (path.contains("?") ? "&" : "?") + "format=json",
                body,
                "OCS-APIRequest",
                "true",
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    HttpResponse<String> ocs(Device device, String method, String path) throws Exception {
        return ocs(device, method, path, Map.of());
    }

    static <T> T data(HttpResponse<String> answer, String path) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonPath.read(answer.body(), "$.ocs.data" + path);
    }

    String share(Device from, String path, Device to, int permissions) throws Exception {
        return data(
                ocs(
                        from,
                        "POST",
                        SHARES,
                        Map.of(
                                "path",
                                path,
                                "shareType",
                                "0",
                                "shareWith",
                                to.visitor().capacity().toString(),
                                "permissions",
                                String.valueOf(permissions))),
                ".id");
    }

    /** A folder in what is their own; its path in the tree. */
    String made(Device device, String name) throws Exception {
        assertThat(status(device, "MKCOL", MINE + "/" + DavPath.encoded(name), ""))
                .isEqualTo(201);
        return "/Mes fichiers/" + name;
    }

    static String text(HttpResponse<String> answer, String element) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
        return document.getElementsByTagName(element).item(0).getTextContent();
    }
}
