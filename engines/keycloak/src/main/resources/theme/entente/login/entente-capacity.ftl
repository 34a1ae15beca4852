<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
  <#if section = "header">${msg("ententeCapacityTitle")}
  <#elseif section = "form">
    <p class="lead">${msg("ententeCapacityLead", (client.name)!client.clientId)}</p>
    <form action="${url.loginAction}" method="post">
      <fieldset class="choices">
        <legend class="unseen">${msg("ententeCapacityTitle")}</legend>
        <#list capacities as one>
          <label class="choice">
            <input type="radio" name="capacity" value="${one.id()}" required<#if one.id() == chosen || (chosen == "" && one?index == 0)> checked</#if>>
            <span><strong>${one.function()}</strong><br>${one.memberName()}<#if one.unit()??> · ${one.unit()}</#if></span>
          </label>
        </#list>
      </fieldset>
      <label class="check"><input type="checkbox" name="remember" value="on" checked> ${msg("ententeRemember")}</label>
      <button class="main" type="submit">${msg("ententeContinue")}</button>
    </form>
  </#if>
</@layout.registrationLayout>
