<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
  <#if section = "header">${msg("ententeFactorTitle")}
  <#elseif section = "form">
    <p class="lead">${msg("ententeFactorLead")}</p>
    <form class="stack" action="${url.loginAction}" method="post">
      <button class="choice choice-button" type="submit" name="factor" value="code"><span><strong>${msg("ententeFactorCode")}</strong><br>${msg("ententeFactorCodeHelp")}</span></button>
      <#if passkeyToo!true><button class="choice choice-button" type="submit" name="factor" value="passkey"><span><strong>${msg("ententeFactorPasskey")}</strong><br>${msg("ententeFactorPasskeyHelp")}</span></button></#if>
    </form>
  </#if>
</@layout.registrationLayout>
