<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
  <#if section = "header">${msg("ententeSignIn")}
  <#elseif section = "form">
    <form action="${url.loginAction}" method="post">
      <@layout.field name="username" label=msg("ententeAddress") type="email" value=(address!"") hint=msg("ententeAddressHint") autocomplete="username webauthn" autofocus=true inputmode="email" error=(messagesPerField.existsError('username'))?then(messagesPerField.get('username'),'') />
      <button class="main" type="submit">${msg("ententeNext")}</button>
    </form>
    <@layout.passkey/>
  </#if>
</@layout.registrationLayout>
