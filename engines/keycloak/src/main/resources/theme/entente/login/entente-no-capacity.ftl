<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${msg("ententeNoCapacityTitle", (client.name)!client.clientId)}
  <#elseif section = "form">
    <p class="lead"><#if hasOthers>${msg("ententeNoCapacity")}<#else>${msg("ententeNoCapacityAtAll")}</#if></p>
    <p>${msg("ententeNoCapacityDo")}</p>
    <#if (client.baseUrl)?has_content><p class="below"><a href="${client.baseUrl}">${msg("ententeBack")}</a></p></#if>
  </#if>
</@layout.registrationLayout>
