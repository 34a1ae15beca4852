<#import "template.ftl" as layout>
<#-- Sent by the page's script at once; the button is for where it does not run, since the CSP lets no inline script do it. -->
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${msg("ententeOnTheWay")}
  <#elseif section = "form">
    <p class="lead">${msg("ententeOnTheWayLead")}</p>
    <form name="cas-post" method="post" action="${cas.url}" data-at-once>
      <input type="hidden" name="ticket" value="${cas.ticket}">
      <button class="main" type="submit">${msg("ententeContinue")}</button>
    </form>
  </#if>
</@layout.registrationLayout>
