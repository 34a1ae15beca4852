<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError('password','password-confirm'); section>
  <#if section = "header">${msg("ententeNewPasswordTitle")}
  <#elseif section = "form">
    <form action="${url.loginAction}" method="post">
      <@layout.field name="password-new" label=msg("ententeNewPassword") type="password" hint=msg("ententeNewPasswordHint") autocomplete="new-password" autofocus=true error=(messagesPerField.existsError('password'))?then(messagesPerField.get('password'),'') />
      <@layout.field name="password-confirm" label=msg("ententeNewPasswordAgain") type="password" autocomplete="new-password" error=(messagesPerField.existsError('password-confirm'))?then(messagesPerField.get('password-confirm'),'') />
      <label class="check"><input type="checkbox" data-shows="password-new password-confirm"> ${msg("ententeShowBoth")}</label>
      <label class="check"><input type="checkbox" name="logout-sessions" value="on" checked> ${msg("ententeLogoutOthers")}</label>
      <button class="main" type="submit">${msg("ententeNewPasswordSave")}</button>
      <@layout.cancel/>
    </form>
  </#if>
</@layout.registrationLayout>
