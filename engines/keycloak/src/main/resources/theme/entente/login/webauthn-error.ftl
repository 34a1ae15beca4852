<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${msg("ententePasskeyErrorTitle")}
  <#elseif section = "form">
    <p class="lead">${msg("ententePasskeyError")}</p>
    <form action="${url.loginAction}" method="post">
      <input type="hidden" name="authenticationExecution" value="${execution}"><input type="hidden" name="isSetRetry" value="retry">
      <button class="main" type="submit">${msg("doTryAgain")}</button>
    </form>
    <form action="${url.loginAction}" method="post"><@layout.cancel/></form>
  </#if>
</@layout.registrationLayout>
