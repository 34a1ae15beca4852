package org.entente.sources.ldap;

import java.util.List;
import java.util.Map;

/**
 * What two families of directories call things, so that a member only corrects what is its own: Active Directory (Microsoft, Active Directory Schema), and
 * OpenLDAP with inetOrgPerson (RFC 2798) or supann (the French recommendation of AMUE and Renater).
 */
final class LdapPresets {

    static final List<String> FIELDS = List.of(
            "key",
            "givenName",
            "usualName",
            "address",
            "function",
            "unit",
            "phone",
            "reference",
            "from",
            "until",
            "disabled");
    static final List<String> NEEDED = List.of("key", "givenName", "usualName");

    /** @param filter the people, without computers and without service accounts that have no names */
    record Preset(String id, String filter, Map<String, String> attributes) {}

    static final List<Preset> ALL = List.of(
            new Preset(
                    "active-directory",
                    "(&(objectCategory=person)(objectClass=user)(givenName=*)(sn=*))",
                    Map.of(
                            "key", "objectGUID",
                            "givenName", "givenName",
                            "usualName", "sn",
                            "address", "mail",
                            "function", "title",
                            "unit", "department",
                            "phone", "telephoneNumber",
                            "reference", "employeeID",
                            "until", "accountExpires",
                            "disabled", "userAccountControl")),
            new Preset(
                    "openldap",
                    "(&(objectClass=inetOrgPerson)(givenName=*)(sn=*))",
                    Map.of(
                            "key", "entryUUID",
                            "givenName", "givenName",
                            "usualName", "sn",
                            "address", "mail",
                            "function", "title",
                            "unit", "ou",
                            "phone", "telephoneNumber",
                            "reference", "employeeNumber",
                            "until", "shadowExpire",
                            "disabled", "pwdAccountLockedTime")));

    private LdapPresets() {}
}
