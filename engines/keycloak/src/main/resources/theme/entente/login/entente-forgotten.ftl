<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError('username'); section>
  <#if section = "header">${msg("ententeForgottenTitle")}
  <#elseif section = "form">
    <p class="lead">${msg("ententeForgottenLead")}</p>
    <form action="${url.loginAction}" method="post">
      <@layout.field name="username" label=msg("ententeAddress") type="email" value=(address!"") autocomplete="username" autofocus=true inputmode="email" error=(messagesPerField.existsError('username'))?then(messagesPerField.get('username'),'') />
      <button class="main" type="submit">${msg("ententeForgottenSend")}</button>
    </form>
    <p class="below"><a href="${url.loginUrl}">${msg("ententeBackToSignIn")}</a></p>
  </#if>
</@layout.registrationLayout>
