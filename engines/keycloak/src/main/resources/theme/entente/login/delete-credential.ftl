<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${msg("deleteCredentialTitle", credentialLabel)}
  <#elseif section = "form">
    <p class="lead">${msg("ententeRemoveFactor", credentialLabel)}</p>
    <form action="${url.loginAction}" method="post">
      <button class="main" type="submit" name="accept" value="1" id="kc-accept">${msg("ententeRemoveFactorDo")}</button>
      <button class="plain" type="submit" name="cancel-aia" value="true">${msg("doCancel")}</button>
    </form>
  </#if>
</@layout.registrationLayout>
