<#import "template.ftl" as layout>
<#-- Keycloak's own sends itself by an inline script, which our CSP forbids. -->
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${msg("ententePassingOn")}
  <#elseif section = "form">
    <form method="post" action="${samlPost.url}" data-sends-itself>
      <#if samlPost.SAMLRequest??><input type="hidden" name="SAMLRequest" value="${samlPost.SAMLRequest}"></#if>
      <#if samlPost.SAMLResponse??><input type="hidden" name="SAMLResponse" value="${samlPost.SAMLResponse}"></#if>
      <#if samlPost.relayState??><input type="hidden" name="RelayState" value="${samlPost.relayState}"></#if>
      <p class="lead">${msg("ententePassingOnLead")}</p>
      <button class="main" type="submit">${msg("ententeContinue")}</button>
    </form>
  </#if>
</@layout.registrationLayout>
