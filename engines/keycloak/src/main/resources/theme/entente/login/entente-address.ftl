<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
  <#if section = "header">${msg("ententeSignIn")}
  <#elseif section = "form">
    <#if rescue!false><p class="lead">${msg("ententeRescueLead")}</p></#if>
    <form action="${url.loginAction}" method="post">
      <@layout.field name="username" label=msg("ententeAddress") type="email" value=(address!"") hint=msg("ententeAddressHint") autocomplete="username webauthn" autofocus=true inputmode="email" error=(messagesPerField.existsError('username'))?then(messagesPerField.get('username'),'') />
      <button class="main" type="submit">${msg("ententeNext")}</button>
      <#if partners??>
        <div class="partners">
          <p class="or"><span>${msg("ententeOr")}</span></p>
          <p class="hint" id="partners-hint">${msg("ententePartnersHint")}</p>
          <button class="secondary" type="submit" name="source" value="${partners}" formnovalidate aria-describedby="partners-hint">${msg("ententePartners")}</button>
          <p class="hint what"><a href="https://proconnect.gouv.fr/" target="_blank" rel="noopener noreferrer" title="${msg("ententePartnersWhatTitle")}">${msg("ententePartnersWhat")}</a></p>
        </div>
      </#if>
    </form>
    <#if (mayRescue!false) && !(rescue!false)>
      <form class="below" action="${url.loginAction}" method="post">
        <button class="plain" type="submit" name="rescue" value="1">${msg("ententeRescue")}</button>
      </form>
    </#if>
    <@layout.passkey/>
  </#if>
</@layout.registrationLayout>
