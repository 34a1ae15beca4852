<#import "template.ftl" as layout>
<#-- Sent by the page's script at once; the button is for where it does not run, since the CSP lets no inline script do it. -->
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${msg("ententeOnTheWay")}
  <#elseif section = "form">
    <p class="lead">${msg("ententeOnTheWayLead")}</p>
    <form name="saml-post-binding" method="post" action="${samlPost.url}" data-at-once>
      <#if samlPost.SAMLRequest??><input type="hidden" name="SAMLRequest" value="${samlPost.SAMLRequest}"></#if>
      <#if samlPost.SAMLResponse??><input type="hidden" name="SAMLResponse" value="${samlPost.SAMLResponse}"></#if>
      <#if samlPost.relayState??><input type="hidden" name="RelayState" value="${samlPost.relayState}"></#if>
      <button class="main" type="submit">${msg("ententeContinue")}</button>
    </form>
  </#if>
</@layout.registrationLayout>
