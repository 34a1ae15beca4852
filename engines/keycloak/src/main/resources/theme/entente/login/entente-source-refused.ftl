<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${msg("ententeSourceRefusedTitle")}
  <#elseif section = "form">
    <p class="lead">${msg(why, sourceLabel, address)}</p>
    <p>${msg("ententeSourceRefusedDo")}</p>
    <#if (client.baseUrl)?has_content><p class="below"><a href="${client.baseUrl}">${msg("ententeBack")}</a></p></#if>
  </#if>
</@layout.registrationLayout>
