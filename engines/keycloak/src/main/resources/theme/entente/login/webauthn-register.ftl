<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
  <#if section = "header">${msg("ententePasskeySetupTitle")}
  <#elseif section = "form">
    <p class="lead">${msg("ententePasskeySetupLead")}</p>
    <form id="register" action="${url.loginAction}" method="post"
      data-challenge="${challenge}" data-userid="${userid}" data-username="${username}" data-algorithms="<#list signatureAlgorithms as one>${one} </#list>" data-rpname="${rpEntityName}" data-rp="${rpId}"
      data-attestation="${attestationConveyancePreference}" data-attachment="${authenticatorAttachment}" data-resident="${requireResidentKey}" data-verification="${userVerificationRequirement}" data-timeout="${createTimeout}" data-excluded="${excludeCredentialIds}" data-unsupported="${msg("ententePasskeyUnsupported")}">
      <input type="hidden" name="clientDataJSON"><input type="hidden" name="attestationObject"><input type="hidden" name="publicKeyCredentialId">
      <input type="hidden" name="transports"><input type="hidden" name="authenticatorAttachment"><input type="hidden" name="error">
      <@layout.field name="authenticatorLabel" label=msg("ententeDevice") value=msg("ententePasskeyLabel") />
      <button type="button" class="main" data-register>${msg("ententePasskeySetup")}</button>
    </form>
    <#if !isSetRetry?has_content && isAppInitiatedAction?has_content><form action="${url.loginAction}" method="post"><@layout.cancel/></form></#if>
  </#if>
</@layout.registrationLayout>
