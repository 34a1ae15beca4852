<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
  <#if section = "header">${msg("ententeExpiredTitle")}
  <#elseif section = "form">
    <p class="lead">${msg("ententeExpiredLead")}</p>
    <p><a class="main" id="loginContinueLink" href="${url.loginAction}">${msg("ententeExpiredContinue")}</a></p>
    <p class="below"><a id="loginRestartLink" href="${url.loginRestartFlowUrl}">${msg("ententeExpiredRestart")}</a></p>
  </#if>
</@layout.registrationLayout>
