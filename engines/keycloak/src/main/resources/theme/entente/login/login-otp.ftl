<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError('totp'); section>
  <#if section = "header">${msg("ententeCodeTitle")}
  <#elseif section = "form">
    <p class="lead">${msg("ententeCodeLead")}</p>
    <form action="${url.loginAction}" method="post">
      <#if otpLogin.userOtpCredentials?size gt 1>
        <fieldset class="choices">
          <legend>${msg("ententeCodeWhich")}</legend>
          <#list otpLogin.userOtpCredentials as one>
            <label class="choice"><input type="radio" name="selectedCredentialId" value="${one.id}"<#if one.id == otpLogin.selectedCredentialId> checked</#if>><span>${one.userLabel!msg("ententeCodeApp")}</span></label>
          </#list>
        </fieldset>
      </#if>
      <@layout.field name="otp" label=msg("ententeCode") autocomplete="one-time-code" autofocus=true inputmode="numeric" error=(messagesPerField.existsError('totp'))?then(messagesPerField.get('totp'),'') />
      <button class="main" type="submit" name="login" value="1">${msg("ententeSignInNow")}</button>
    </form>
  </#if>
</@layout.registrationLayout>
