package org.entente.wopi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.entente.base.PlatformSecret;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.NodeId;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.springframework.stereotype.Component;

/**
 * CheckFileInfo ([MS-WOPI] 3.3.5.1.1): what Collabora Online and OnlyOffice want to know of a file and of who opens it. Of the person they learn the name, and a number
 * that means nothing anywhere else.
 */
@Component
class WopiFileInfo {

    /** Without its ending, in letters of one byte; longer ones of the directory's own names are refused where they are given. */
    private static final int LONGEST_NAME = 200;

    private final Files files;
    private final WopiSettings settings;
    private final PlatformSecret secret;

    WopiFileInfo(Files files, WopiSettings settings, PlatformSecret secret) {
        this.files = files;
        this.settings = settings;
        this.secret = secret;
    }

    void answer(WopiCall call) throws IOException {
        FileNode file = call.file();
        Visitor visitor = call.visitor();
        boolean writes = call.writes();
        boolean besides = writes && placeBeside(visitor, file);
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("BaseFileName", file.name());
        info.put("Size", file.size());
        info.put("Version", file.etag());
        info.put("LastModifiedTime", WopiTimes.of(file.modifiedAt()));
        if (file.sha256() != null) {
            info.put("SHA256", Base64.getEncoder().encodeToString(HexFormat.of().parseHex(file.sha256())));
        }
        info.put("OwnerId", opaque("owner", file.space().toString()));
        info.put("UserId", opaque("user", visitor.person().toString()));
        info.put("UserFriendlyName", visitor.name());
        info.put("IsAnonymousUser", false);
        info.put("UserCanWrite", writes);
        info.put("ReadOnly", !writes);
        info.put("UserCanRename", besides);
        info.put("UserCanNotWriteRelative", !besides);
        info.put("UserCanReview", writes);
        info.put("SupportsUpdate", true);
        info.put("SupportsLocks", true);
        info.put("SupportsGetLock", true);
        info.put("SupportsExtendedLockLength", true);
        info.put("SupportsRename", true);
        info.put("SupportsDeleteFile", false);
        info.put("SupportsContainers", false);
        info.put("SupportsFolders", false);
        info.put("SupportsUserInfo", false);
        info.put("FileNameMaxLength", LONGEST_NAME);
        info.put("PostMessageOrigin", settings.portalOrigin());
        info.put("ClosePostMessage", true);
        String folder = settings.atPortal(file.parent() == null ? "/files" : "/files/" + file.parent());
        info.put("CloseUrl", folder);
        info.put("BreadcrumbDocName", file.name());
        info.put("BreadcrumbFolderUrl", folder);
        info.put("HostViewUrl", page(file.id()));
        if (writes) {
            info.put("HostEditUrl", page(file.id()));
        }
        call.answer(info);
    }

    String page(NodeId file) {
        return settings.atPortal(WopiPage.of(file));
    }

    /** Whether this person may put another file beside it, or give it another name. */
    boolean placeBeside(Visitor visitor, FileNode file) {
        NodeId folder = file.parent();
        return folder != null
                && files.find(visitor, folder, List.of())
                        .filter(found -> found.role().allows(SpaceRole.EDIT))
                        .isPresent();
    }

    private String opaque(String what, String id) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.value().getBytes(UTF_8), "HmacSHA256"));
            byte[] all = mac.doFinal(("wopi " + what + ' ' + settings.server().orElse("") + ' ' + id).getBytes(UTF_8));
            return HexFormat.of().formatHex(all, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
