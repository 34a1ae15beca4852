<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
  <#if section = "header">${msg("ententeSignIn")}
  <#elseif section = "form">
    <#if rescue!false><p class="lead">${msg("ententeRescueLead")}</p></#if>
    <form action="${url.loginAction}" method="post">
      <@layout.field name="username" label=msg("ententeAddress") type="email" value=(address!"") hint=msg("ententeAddressHint") autocomplete="username webauthn" autofocus=true inputmode="email" error=(messagesPerField.existsError('username'))?then(messagesPerField.get('username'),'') />
      <button class="main" type="submit">${msg("ententeNext")}</button>
    </form>
    <#if (mayRescue!false) && !(rescue!false)>
      <form class="below" action="${url.loginAction}" method="post">
        <button class="plain" type="submit" name="rescue" value="1">${msg("ententeRescue")}</button>
      </form>
    </#if>
    <@layout.passkey/>
  </#if>
</@layout.registrationLayout>
