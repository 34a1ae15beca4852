<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
  <#if section = "header">${msg("ententeAnotherWay")}
  <#elseif section = "form">
    <form class="stack" action="${url.loginAction}" method="post">
      <#list auth.authenticationSelections as one>
        <button class="choice choice-button" type="submit" name="authenticationExecution" value="${one.authExecId}"><span><strong>${msg('${one.displayName}')}</strong><br>${msg('${one.helpText}')}</span></button>
      </#list>
    </form>
  </#if>
</@layout.registrationLayout>
