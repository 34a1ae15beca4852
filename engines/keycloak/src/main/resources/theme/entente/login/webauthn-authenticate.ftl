<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
  <#if section = "header">${msg("ententePasskeyTitle")}
  <#elseif section = "form">
    <p class="lead">${msg("ententePasskeyLead")}</p>
    <form id="webauth" action="${url.loginAction}" method="post"
      data-challenge="${challenge}" data-verification="${userVerification}" data-rp="${rpId}" data-timeout="${createTimeout}" data-unsupported="${msg("ententePasskeyUnsupported")}"
      data-allowed="<#if isUserIdentified == 'true' && authenticators??><#list authenticators.authenticators as one>${one.credentialId} </#list></#if>">
      <input type="hidden" name="clientDataJSON"><input type="hidden" name="authenticatorData"><input type="hidden" name="signature">
      <input type="hidden" name="credentialId"><input type="hidden" name="userHandle"><input type="hidden" name="error">
      <button type="button" class="main" data-passkey autofocus>${msg("ententePasskeyUse")}</button>
    </form>
  </#if>
</@layout.registrationLayout>
