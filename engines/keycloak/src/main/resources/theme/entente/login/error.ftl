<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${msg("ententeErrorTitle")}
  <#elseif section = "form">
    <p class="lead">${kcSanitize(message.summary)?no_esc}</p>
    <p>${msg("ententeErrorDo")}</p>
    <#if !(skipLink??) && (client.baseUrl)?has_content><p class="below"><a id="backToApplication" href="${client.baseUrl}">${msg("ententeBack")}</a></p></#if>
  </#if>
</@layout.registrationLayout>
