<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
  <#if section = "header">${msg("ententeSourceTitle")}
  <#elseif section = "form">
    <#if address?has_content>
      <form class="who" action="${url.loginAction}" method="post">
        <span class="who-address">${address}</span>
        <#if !again><button class="plain" type="submit" name="back" value="1">${msg("ententeChange")}</button></#if>
      </form>
    </#if>
    <p class="lead">${msg("ententeSourceLead")}</p>
    <form class="ways" action="${url.loginAction}" method="post">
      <#list sources as one>
        <button class="<#if one?index == 0>main<#else>secondary</#if>" type="submit" name="source" value="${one.alias()}">${one.label()}</button>
      </#list>
      <#if passwordsToo><button class="secondary" type="submit" name="source" value="password">${msg("ententeSourcePassword")}</button></#if>
    </form>
  </#if>
</@layout.registrationLayout>
