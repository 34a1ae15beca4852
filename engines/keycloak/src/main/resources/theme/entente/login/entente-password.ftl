<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError('password'); section>
  <#if section = "header">${msg("ententePasswordTitle")}
  <#elseif section = "form">
    <#if address?has_content>
      <form class="who" action="${url.loginAction}" method="post">
        <span class="who-address">${address}</span>
        <#if !(again!false)><button class="plain" type="submit" name="back" value="1">${msg("ententeChange")}</button></#if>
      </form>
    </#if>
    <#if directoryLabel?has_content><p>${msg("ententeDirectoryHint", directoryLabel)}</p></#if>
    <form action="${url.loginAction}" method="post">
      <input class="unseen" type="text" name="shown-address" value="${address!""}" autocomplete="username" tabindex="-1" aria-hidden="true" readonly>
      <@layout.field name="password" label=msg("ententePassword") type="password" autocomplete="current-password" autofocus=true error=(messagesPerField.existsError('password'))?then(messagesPerField.get('password'),'') />
      <label class="check"><input type="checkbox" data-shows="password"> ${msg("ententeShow")}</label>
      <button class="main" type="submit">${msg("ententeSignInNow")}</button>
    </form>
    <#if realm.resetPasswordAllowed><p class="below"><a href="${url.loginResetCredentialsUrl}">${msg("ententeForgotten")}</a></p></#if>
    <@layout.passkey/>
  </#if>
</@layout.registrationLayout>
