<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header"><#if ofPartners!false>${msg("ententePartnersRefusedTitle")}<#else>${msg("ententeSourceRefusedTitle")}</#if>
  <#elseif section = "form">
    <p class="lead">${msg(why, sourceLabel, address)}</p>
    <p><#if ofPartners!false>${msg("ententePartnersRefusedDo")}<#else>${msg("ententeSourceRefusedDo")}</#if></p>
    <#if (client.baseUrl)?has_content><p class="below"><a href="${client.baseUrl}">${msg("ententeBack")}</a></p></#if>
  </#if>
</@layout.registrationLayout>
