<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${msg("ententeConfirmFirstTitle")}
  <#elseif section = "form">
    <p class="lead">${msg(why)}</p>
    <p>${msg("ententeConfirmFirstDo")}</p>
    <#if confirmAt?has_content><p class="below"><a href="${confirmAt}">${msg("ententeConfirmFirstLink")}</a></p></#if>
    <#if (client.baseUrl)?has_content><p class="below"><a href="${client.baseUrl}">${msg("ententeBack")}</a></p></#if>
  </#if>
</@layout.registrationLayout>
