<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError('password'); section>
  <#if section = "header">${msg("ententeConfirmTitle")}
  <#elseif section = "form">
    <p class="lead">${msg("ententeConfirmLead", sourceLabel)}</p>
    <p>${msg("ententeConfirmWhy")}</p>
    <p class="who"><span class="who-address">${address}</span></p>
    <form action="${url.loginAction}" method="post">
      <input class="unseen" type="text" name="shown-address" value="${address}" autocomplete="username" tabindex="-1" aria-hidden="true" readonly>
      <@layout.field name="password" label=msg("ententeConfirmPassword") type="password" autocomplete="current-password" autofocus=true error=(messagesPerField.existsError('password'))?then(messagesPerField.get('password'),'') />
      <label class="check"><input type="checkbox" data-shows="password"> ${msg("ententeShow")}</label>
      <button class="main" type="submit">${msg("ententeConfirmDo")}</button>
    </form>
  </#if>
</@layout.registrationLayout>
