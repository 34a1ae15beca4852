<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError('password'); section>
  <#if section = "header">${msg("ententeConfirmTitle")}
  <#elseif section = "form">
    <p class="lead">${msg("ententeConfirmLead", sourceLabel, memberName)}</p>
    <p><#if hasPassword>${msg("ententeConfirmWhy")}<#else>${msg("ententeConfirmNoPassword")}</#if></p>
    <p class="who"><span class="who-address">${address}</span></p>
    <#if hasPassword>
      <form action="${url.loginAction}" method="post">
        <input class="unseen" type="text" name="shown-address" value="${address}" autocomplete="username" tabindex="-1" aria-hidden="true" readonly>
        <@layout.field name="password" label=msg("ententeConfirmPassword") type="password" autocomplete="current-password" autofocus=true error=(messagesPerField.existsError('password'))?then(messagesPerField.get('password'),'') />
        <label class="check"><input type="checkbox" data-shows="password"> ${msg("ententeShow")}</label>
        <button class="main" type="submit">${msg("ententeConfirmDo")}</button>
      </form>
    </#if>
    <form action="${url.loginAction}" method="post">
      <button class="secondary" type="submit" name="only" value="1">${msg("ententeConfirmOnly", memberName)}</button>
    </form>
    <#if realm.resetPasswordAllowed><p class="below"><a href="${url.loginResetCredentialsUrl}"><#if hasPassword>${msg("ententeForgotten")}<#else>${msg("ententeConfirmChoosePassword")}</#if></a></p></#if>
  </#if>
</@layout.registrationLayout>
