<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header"><#if messageHeader??>${kcSanitize(msg("${messageHeader}"))?no_esc}<#elseif actionUri?has_content>${msg("ententeWelcome")}<#else>${kcSanitize(message.summary)?no_esc}</#if>
  <#elseif section = "form">
    <#if actionUri?has_content><p class="lead">${msg("ententeWelcomeLead")}</p>
      <#if requiredActions??><ul class="plainlist"><#list requiredActions as one><li>${kcSanitize(msg("requiredAction.${one}"))?no_esc}</li></#list></ul></#if>
    <#elseif messageHeader??><p class="lead">${kcSanitize(message.summary)?no_esc}</p></#if>
    <#if skipLink??><#else>
      <#if actionUri?has_content><p><a class="main" href="${actionUri}">${msg("ententeBegin")}</a></p>
      <#elseif pageRedirectUri?has_content><p><a class="main" href="${pageRedirectUri}">${msg("ententeToPortal")}</a></p>
      <#elseif (client.baseUrl)?has_content><p><a class="main" href="${client.baseUrl}">${msg("ententeToPortal")}</a></p></#if>
    </#if>
  </#if>
</@layout.registrationLayout>
