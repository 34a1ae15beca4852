<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
  <#if section = "header">${msg("ententeLogoutTitle")}
  <#elseif section = "form">
    <p class="lead">${msg("ententeLogoutLead")}</p>
    <form action="${url.logoutConfirmAction}" method="post">
      <input type="hidden" name="session_code" value="${logoutConfirm.code}">
      <button class="main" type="submit" name="confirmLogout" value="1" id="kc-logout">${msg("ententeLogout")}</button>
    </form>
    <#if !logoutConfirm.skipLink && (client.baseUrl)?has_content><p class="below"><a href="${client.baseUrl}">${msg("ententeBack")}</a></p></#if>
  </#if>
</@layout.registrationLayout>
