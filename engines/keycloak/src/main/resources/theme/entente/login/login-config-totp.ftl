<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError('totp','userLabel'); section>
  <#if section = "header">${msg("ententeSetupCodeTitle")}
  <#elseif section = "form">
    <ol class="steps">
      <li>${msg("ententeSetupCode1")}</li>
      <#if mode?? && mode = "manual">
        <li>${msg("ententeSetupCode2Manual")}<br><code class="secret">${totp.totpSecretEncoded}</code><br><a href="${totp.qrUrl}">${msg("ententeSetupCodeScan")}</a></li>
      <#else>
        <li>${msg("ententeSetupCode2")}<br><img class="qr" src="data:image/png;base64, ${totp.totpSecretQrCode}" alt="${msg("ententeSetupCodeQr")}" width="200" height="200"><br><a href="${totp.manualUrl}">${msg("ententeSetupCodeCannot")}</a></li>
      </#if>
      <li>${msg("ententeSetupCode3")}</li>
    </ol>
    <form action="${url.loginAction}" method="post">
      <input type="hidden" name="totpSecret" value="${totp.totpSecret}">
      <#if mode??><input type="hidden" name="mode" value="${mode}"></#if>
      <@layout.field name="totp" label=msg("ententeCode") autocomplete="one-time-code" inputmode="numeric" error=(messagesPerField.existsError('totp'))?then(messagesPerField.get('totp'),'') />
      <@layout.field name="userLabel" label=msg("ententeDevice") hint=msg("ententeDeviceHint") required=(totp.otpCredentials?size gte 1) error=(messagesPerField.existsError('userLabel'))?then(messagesPerField.get('userLabel'),'') />
      <button class="main" type="submit">${msg("ententeSetupCodeSave")}</button>
      <@layout.cancel/>
    </form>
  </#if>
</@layout.registrationLayout>
