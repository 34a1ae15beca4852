package org.entente.directory;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.entente.base.Refusal;
import org.springframework.stereotype.Component;

/** The JDK's own resolver, with the machine's name servers. */
@Component
class JndiDnsTxt implements DnsTxt {

    @Override
    @SuppressWarnings({"JdkObsolete", "BanJNDI"}) // the DNS provider reads names, it deserializes nothing
    public List<String> of(String name) {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put(Context.PROVIDER_URL, "dns:");
        settings.put("com.sun.jndi.dns.timeout.initial", "1500");
        settings.put("com.sun.jndi.dns.timeout.retries", "2");
        List<String> found = new ArrayList<>();
        try {
            InitialDirContext dns = new InitialDirContext(settings);
            try {
                Attribute records =
                        dns.getAttributes(name, new String[] {"TXT"}).get("TXT");
                for (int i = 0; records != null && i < records.size(); i++) {
                    found.add(String.valueOf(records.get(i)).replace("\"", "").strip());
                }
            } finally {
                dns.close();
            }
        } catch (NameNotFoundException e) {
            return List.of();
        } catch (NamingException e) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "dns.silent", name);
        }
        return found;
    }
}
