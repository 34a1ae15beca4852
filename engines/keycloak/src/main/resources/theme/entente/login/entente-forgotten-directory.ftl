<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${msg("ententeForgottenTitle")}
  <#elseif section = "form">
    <p class="lead">${msg("ententeForgottenDirectory", directoryLabel)}</p>
    <p>${msg("ententeForgottenOurs")}</p>
    <form action="${url.loginAction}" method="post">
      <input type="hidden" name="username" value="${address}">
      <button class="main" type="submit" name="ours" value="1">${msg("ententeForgottenOursDo")}</button>
    </form>
    <p class="below"><a href="${url.loginUrl}">${msg("ententeBackToSignIn")}</a></p>
  </#if>
</@layout.registrationLayout>
